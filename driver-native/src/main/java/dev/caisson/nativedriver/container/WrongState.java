// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.container;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;

/** The refusals that come from a container's state, or from its absence. */
public final class WrongState {
    private WrongState() {}

    /** Returns the refusal of what needs a container that there is. */
    public static DriverException absent(String doing, ContainerId id) {
        return new DriverException(
                StandardErrorCode.NO_SUCH_CONTAINER,
                doing,
                "there is no container \"" + id + "\"",
                "give the id of one that this driver holds");
    }

    /** Returns the refusal of a second container of a name. */
    public static DriverException taken(ContainerId id, Stage stage) {
        return new DriverException(
                StandardErrorCode.ID_TAKEN,
                "create container \"" + id + "\"",
                "there is one of that id, which is " + word(stage),
                "use another id, or clean that one first");
    }

    /** Returns the refusal of what needs a running container. */
    public static DriverException notRunning(String doing, Stage stage) {
        return new DriverException(
                StandardErrorCode.NOT_RUNNING,
                doing,
                "container not running: it is " + word(stage),
                stage == Stage.CREATED ? "start it first" : "");
    }

    /** Returns the refusal of a start of what isn't waiting for it. */
    public static DriverException notCreated(String doing, Stage stage) {
        return new DriverException(
                StandardErrorCode.NOT_CREATED,
                doing,
                "it is " + word(stage),
                "start a container once, when it is created");
    }

    /** Returns the refusal of what a paused container can't do. */
    public static DriverException paused(String doing) {
        return new DriverException(StandardErrorCode.PAUSED, doing, "it is paused", "unpause it first");
    }

    /** Returns the refusal of letting one go on that does. */
    public static DriverException notPaused(String doing, Stage stage) {
        return new DriverException(StandardErrorCode.NOT_PAUSED, doing, "it is " + word(stage), "");
    }

    /** Returns the refusal of removing one that lives. */
    public static DriverException stillRunning(String doing, Stage stage) {
        return new DriverException(
                StandardErrorCode.STILL_RUNNING, doing, "it is " + word(stage), "terminate it first");
    }

    private static String word(Stage stage) {
        return switch (stage) {
            case CREATING -> "being created";
            case CREATED -> "created";
            case STARTING -> "being started";
            case RUNNING -> "running";
            case PAUSED -> "paused";
            case EXITED -> "exited";
            case CLEANED -> "gone";
        };
    }
}
