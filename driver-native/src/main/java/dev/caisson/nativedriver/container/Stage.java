// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.container;

import dev.caisson.driver.ContainerState;
import java.util.EnumSet;
import java.util.Set;

/** The stages of a container's life, finer than what callers see, and which follows which. */
public enum Stage {
    /** It is being made. */
    CREATING(ContainerState.CREATED),
    /** Its process waits to be started. */
    CREATED(ContainerState.CREATED),
    /** Its process is being started. */
    STARTING(ContainerState.CREATED),
    RUNNING(ContainerState.RUNNING),
    PAUSED(ContainerState.PAUSED),
    /** Its init has ended. */
    EXITED(ContainerState.EXITED),
    /** Nothing is left of it. */
    CLEANED(ContainerState.CLEANED);

    private final ContainerState visible;

    Stage(ContainerState visible) {
        this.visible = visible;
    }

    /** Returns the state that callers see. */
    public ContainerState visible() {
        return visible;
    }

    /** Returns true if the user's program may run. */
    public boolean isAlive() {
        return this == RUNNING || this == PAUSED;
    }

    /** Returns true if that stage can follow this one. */
    public boolean mayBecome(Stage next) {
        return followers().contains(next);
    }

    /** From CREATING, CREATED or STARTING to EXITED: it was killed before its start. */
    private Set<Stage> followers() {
        return switch (this) {
            case CREATING -> EnumSet.of(CREATED, RUNNING, EXITED, CLEANED);
            case CREATED -> EnumSet.of(STARTING, EXITED, CLEANED);
            case STARTING, PAUSED -> EnumSet.of(RUNNING, EXITED, CLEANED);
            case RUNNING -> EnumSet.of(PAUSED, EXITED, CLEANED);
            case EXITED -> EnumSet.of(CLEANED);
            case CLEANED -> EnumSet.noneOf(Stage.class);
        };
    }
}
