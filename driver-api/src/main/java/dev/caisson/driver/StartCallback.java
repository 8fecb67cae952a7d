// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

/** Told once, when the user's process was started and before its end is reported. */
@FunctionalInterface
public interface StartCallback {
    /** Does nothing. */
    StartCallback NONE = process -> {};

    /**
     * Called on a thread of the driver's choice; the call of run or exec returns only after this one has. Should be
     * short. An exception that it throws terminates the process and comes out of run or exec.
     */
    void started(StartedProcess process);
}
