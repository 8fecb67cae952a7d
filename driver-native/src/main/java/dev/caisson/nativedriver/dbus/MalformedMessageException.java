// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.dbus;

/** The other side sent what is no message of D-Bus. */
final class MalformedMessageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedMessageException(String what) {
        super(what);
    }
}
