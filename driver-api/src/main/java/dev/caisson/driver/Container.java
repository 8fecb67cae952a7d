// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Pipes;
import java.util.Optional;

/**
 * A container that a driver holds, from {@link Driver#create} (or {@link Driver#recover}) to {@link Driver#clean}.
 * Thread-safe.
 */
public interface Container {
    /** Returns its name. */
    ContainerId id();

    /** Returns what it was made from; after {@link Driver#recover} what was kept of it. */
    Command command();

    /** Returns its state now. Doesn't block. */
    ContainerState state();

    /** Returns which process of the host is its init; of an ended container, which it was. Doesn't block. */
    ProcessIdentity init();

    /**
     * Starts the user's process. Blocks until its execve(2) succeeded.
     *
     * @throws LaunchException if that can't be done; the container is then cleaned
     * @throws DriverException of kind WRONG_STATE if it isn't {@link ContainerState#CREATED}
     */
    void start();

    /**
     * Waits until its init has ended and all its output was delivered. Any number of threads may wait, before and after
     * the end.
     *
     * @throws InterruptedException if this thread was interrupted; the container is not touched
     */
    ExitStatus await() throws InterruptedException;

    /** Returns how it ended, if it has. Doesn't block. */
    Optional<ExitStatus> exitStatus();

    /** Returns its init as a process that can be signalled and resized. */
    StartedProcess process();

    /**
     * Connects the streams of a recovered container. The output since the end of what the former engine had consumed comes
     * first, in order and without a gap, then what is written from now on.
     *
     * @throws DriverException of kind UNSUPPORTED without {@link Feature#RECOVER}; of kind WRONG_STATE if streams are
     *     connected already
     */
    void attach(Pipes pipes);
}
