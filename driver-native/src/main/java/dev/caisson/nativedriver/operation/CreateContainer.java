// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.launch.InitLaunch;
import dev.caisson.nativedriver.launch.InitLauncher;
import dev.caisson.nativedriver.oci.OciState;
import dev.caisson.nativedriver.plan.LaunchOptions;
import dev.caisson.nativedriver.shim.LaunchFailedException;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.ShimProcess;

/** Makes a container up to the start of its program. */
public final class CreateContainer {
    private final InitLauncher inits;
    private final ContainerHooks hooks;
    private final AbandonContainer abandon;

    public CreateContainer(InitLauncher inits, ContainerHooks hooks, AbandonContainer abandon) {
        this.inits = inits;
        this.hooks = hooks;
        this.abandon = abandon;
    }

    public ActiveContainer create(Command command, Pipes pipes) throws InterruptedException {
        String doing = "create container \"" + command.id() + "\"";
        InitLaunch launch =
                inits.launch(doing, command, pipes, LaunchOptions.none().withHold(true));
        try {
            ShimProcess init = launch.process();
            if (ContainerHooks.areBeforeRoot(command.hooks())) {
                init.await(Milestone.CREATED);
                byte[] state = OciState.of(command, OciState.Status.CREATING, init.pid());
                hooks.beforeRoot(command, state);
                init.proceed(state);
            }
            init.await(Milestone.READY);
            return launch.container();
        } catch (LaunchFailedException e) {
            abandon.abandon(launch.container());
            throw launch.failure(doing, e);
        } catch (InterruptedException | RuntimeException | Error e) {
            abandon.abandon(launch.container());
            throw e;
        }
    }
}
