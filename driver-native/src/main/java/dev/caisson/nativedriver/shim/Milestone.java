// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

/** How far a process is, in the order of {@code protocol.h}'s diagram; steps that a plan doesn't ask for are skipped. */
public enum Milestone {
    /** It was asked for. */
    ASKED,
    /** Namespaces and cgroups are made. */
    CREATED,
    /** It waits for its start. */
    READY,
    /** The user's program runs. */
    STARTED,
    /** It has ended. */
    EXITED,
    /** Nothing is left of it. */
    CLEANED
}
