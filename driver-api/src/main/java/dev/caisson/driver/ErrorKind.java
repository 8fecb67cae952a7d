// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

/** The kinds of failure that a caller tells apart, each with the range of its codes. */
public enum ErrorKind {
    /** What was asked for is wrong: another Command is needed. */
    USER(1_000),
    /** The container or process that was named isn't there. */
    NOT_FOUND(2_000),
    /** The container's state doesn't allow it, or its name is taken. */
    WRONG_STATE(3_000),
    /** This driver doesn't do that; {@link Driver#features()} says so beforehand. */
    UNSUPPORTED(4_000),
    /** This machine (kernel, rights, tools, space) can't do that. */
    MACHINE(5_000),
    /** The process could not be started. */
    LAUNCH(6_000),
    /** A fault of the driver, or of what it stands on, such as its helper process that died. */
    INTERNAL(9_000);

    private final int base;

    ErrorKind(int base) {
        this.base = base;
    }

    /** Returns the first code of this kind's range of 1000. */
    public int base() {
        return base;
    }
}
