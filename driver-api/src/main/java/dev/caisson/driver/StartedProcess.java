// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import dev.caisson.driver.pipes.ConsoleSize;

/** A process that a driver has just started and that the caller of run or exec may act upon while that call waits. */
public interface StartedProcess {
    /** Returns which process of the host it is. */
    ProcessIdentity identity();

    /**
     * Sends it a signal. A process that has ended is no error: the signal came too late.
     *
     * @throws DriverException of kind WRONG_STATE if its container is paused and the signal isn't KILL
     */
    void signal(Signal signal);

    /**
     * Changes the size of its terminal; the kernel sends it SIGWINCH.
     *
     * @throws DriverException of kind USER if it has no terminal
     */
    void resize(ConsoleSize size);
}
