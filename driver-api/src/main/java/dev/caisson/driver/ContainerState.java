// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

/** The states of a container as a driver knows them. */
public enum ContainerState {
    /** Everything is made, the user's process isn't started yet. */
    CREATED,
    /** The user's process runs. */
    RUNNING,
    /** All its processes are frozen. */
    PAUSED,
    /** Its init has ended; its exit status is kept until it is cleaned. */
    EXITED,
    /** Nothing is left of it. */
    CLEANED
}
