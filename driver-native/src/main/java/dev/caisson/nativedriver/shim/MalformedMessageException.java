// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

/** A packet that breaks the rules of {@code protocol.h}. */
public final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    MalformedMessageException(String why) {
        super(why);
    }
}
