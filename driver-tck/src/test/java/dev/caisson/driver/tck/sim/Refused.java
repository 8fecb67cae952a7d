// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

/** What the simulated kernel refuses, in strerror(3)'s words. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
        super(why, null, false, false);
    }

    static Refused absent() {
        return new Refused("No such file or directory");
    }

    static Refused readonly() {
        return new Refused("Read-only file system");
    }

    static Refused forbidden() {
        return new Refused("Operation not permitted");
    }

    static Refused full() {
        return new Refused("No space left on device");
    }

    static Refused circles() {
        return new Refused("Too many levels of symbolic links");
    }
}
