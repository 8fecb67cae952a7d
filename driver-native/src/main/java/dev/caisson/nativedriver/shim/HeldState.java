// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

/** How far a process is that the shim holds: enum held_state of {@code protocol.h}. */
public enum HeldState {
    CREATING,
    READY,
    RUNNING,
    EXITED;

    private static final HeldState[] ALL = values();

    /** Returns the number in the packet. */
    public int number() {
        return ordinal();
    }

    static HeldState of(int number) {
        if (number < 0 || number >= ALL.length) {
            throw new MalformedMessageException("there is no state " + number + " of a process");
        }
        return ALL[number];
    }
}
