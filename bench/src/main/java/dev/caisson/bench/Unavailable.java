// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

/** A subject that can't be timed on this machine. */
final class Unavailable extends Exception {
    private static final long serialVersionUID = 1;

    Unavailable(String why) {
        super(why);
    }
}
