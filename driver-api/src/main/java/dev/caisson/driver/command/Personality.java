// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

/** The execution domain of a process, personality(2). */
public enum Personality {
    /** The machine's own. */
    LINUX(0),
    /** As if the machine had 32 bits. */
    LINUX32(8);

    private final long number;

    Personality(long number) {
        this.number = number;
    }

    /** Returns the kernel's number. */
    public long number() {
        return number;
    }
}
