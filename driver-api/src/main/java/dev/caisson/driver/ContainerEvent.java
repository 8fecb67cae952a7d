// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/** Something that happened to a container. */
public sealed interface ContainerEvent {
    /** Returns the container. */
    ContainerId id();

    /** Returns when. */
    Instant at();

    /** It was made; its process waits to be started. */
    record Created(ContainerId id, Instant at, ProcessIdentity init) implements ContainerEvent {}

    /** The user's process was started. */
    record Started(ContainerId id, Instant at, ProcessIdentity init) implements ContainerEvent {}

    /** Its init has ended. */
    record Exited(ContainerId id, Instant at, ExitStatus status) implements ContainerEvent {}

    /**
     * The kernel killed a process of it at its memory limit.
     *
     * @param kills how many were killed since its start
     */
    record OomKilled(ContainerId id, Instant at, long kills) implements ContainerEvent {}

    /** All its processes were frozen. */
    record Paused(ContainerId id, Instant at) implements ContainerEvent {}

    /** Its processes go on. */
    record Unpaused(ContainerId id, Instant at) implements ContainerEvent {}

    /** Its limits were changed. */
    record Updated(ContainerId id, Instant at) implements ContainerEvent {}

    /** A further process was started in it. */
    record ExecStarted(ContainerId id, Instant at, ProcessIdentity process) implements ContainerEvent {}

    /** A further process of it has ended. */
    record ExecExited(ContainerId id, Instant at, ProcessIdentity process, ExecStatus status)
            implements ContainerEvent {
        public ExecExited {
            requireNonNull(status, "status is null");
        }
    }

    /** Nothing is left of it. */
    record Cleaned(ContainerId id, Instant at) implements ContainerEvent {}
}
