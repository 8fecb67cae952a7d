// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.command.Command;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.Stage;
import dev.caisson.nativedriver.container.WrongState;
import dev.caisson.nativedriver.failure.LaunchFailure;
import dev.caisson.nativedriver.oci.OciState;
import dev.caisson.nativedriver.shim.LaunchFailedException;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.ShimProcess;

/** Starts the program of a container that was created. */
public final class StartContainer {
    private static final byte[] NO_STATE = {};

    private final ContainerHooks hooks;
    private final AbandonContainer abandon;

    public StartContainer(ContainerHooks hooks, AbandonContainer abandon) {
        this.hooks = hooks;
        this.abandon = abandon;
    }

    /** Not interruptible; an interrupt during poststart hooks kills those and stays pending. */
    public void start(ActiveContainer container) {
        Command command = container.command();
        String doing = "start container \"" + command.id() + "\"";
        Stage found = container.advance(Stage.CREATED, Stage.STARTING);
        if (found != Stage.CREATED) {
            throw WrongState.notCreated(doing, found);
        }
        ShimProcess init = container.process();
        try {
            init.start(
                    command.hooks().startContainer().isEmpty()
                            ? NO_STATE
                            : OciState.of(command, OciState.Status.CREATED, init.pid()));
            init.awaitUninterruptibly(Milestone.STARTED);
            checkStarted(doing, container);
        } catch (LaunchFailedException e) {
            abandon.abandon(container);
            throw LaunchFailure.ofContainer(doing, command, container.parts().reportFiles(), e);
        } catch (RuntimeException | Error e) {
            abandon.abandon(container);
            throw e;
        }
        try {
            hooks.afterStart(command, init.pid());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One that was killed meanwhile has ended without having been started. */
    private static void checkStarted(String doing, ActiveContainer container) {
        if (!container.wasStarted()) {
            throw WrongState.notCreated(doing, Stage.EXITED);
        }
    }
}
