// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.Stage;
import dev.caisson.nativedriver.container.WrongState;
import dev.caisson.nativedriver.kernel.Errno;

/** Sends a signal to a container's init. */
public final class KillContainer {
    private KillContainer() {}

    public static void kill(ActiveContainer container, Signal signal) {
        String doing = "send " + signal + " to container \"" + container.id() + "\"";
        check(doing, container, signal);
        container.process().signal(signal.number()).ifPresent(reason -> {
            if (reason.equals(Errno.ESRCH)) {
                throw WrongState.notRunning(doing, Stage.EXITED);
            }
            throw new DriverException(StandardErrorCode.INTERNAL, doing, reason.text(), "");
        });
    }

    /** Refuses what the container's stage doesn't allow. */
    static void check(String doing, ActiveContainer container, Signal signal) {
        Stage stage = container.stage();
        switch (stage) {
            case CREATED, STARTING, RUNNING -> {}
            case PAUSED -> {
                if (!signal.equals(Signal.KILL)) {
                    throw WrongState.paused(doing);
                }
            }
            case CREATING, EXITED, CLEANED -> throw WrongState.notRunning(doing, stage);
        }
    }
}
