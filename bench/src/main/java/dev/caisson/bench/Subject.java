// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

/** Something that can be timed. */
interface Subject {
    /** Returns what the table calls it. */
    String title();

    /** Returns the version of what is timed, or "". */
    String version();

    /** Returns how many rounds go before: a JVM that has run for a while has compiled what it does often. */
    default int warmUp() {
        return 50;
    }

    /**
     * Times that many rounds, after some that don't count.
     *
     * @throws Unavailable if this machine lacks what it needs
     */
    Sample time(int rounds, int warmUp) throws Exception;
}
