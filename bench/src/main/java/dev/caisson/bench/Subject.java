// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

/** Something that can be timed. */
interface Subject {
    /** Returns what the table calls it. */
    String title();

    /** Returns the version of what is timed, or "". */
    String version();

    /**
     * Times that many rounds, after some that don't count.
     *
     * @throws Unavailable if this machine lacks what it needs
     */
    Sample time(int rounds, int warmUp) throws Exception;
}
