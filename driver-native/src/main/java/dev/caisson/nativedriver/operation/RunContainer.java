// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.ContainerProcess;
import dev.caisson.nativedriver.container.WrongState;
import dev.caisson.nativedriver.launch.InitLaunch;
import dev.caisson.nativedriver.launch.InitLauncher;
import dev.caisson.nativedriver.plan.LaunchOptions;
import dev.caisson.nativedriver.shim.LaunchFailedException;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.ShimProcess;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole life of a container. One without hooks, whose end nobody but this engine is to see, is a single request to the
 * shim: made, started, and cleaned at its end.
 */
public final class RunContainer {
    private static final Logger log = LoggerFactory.getLogger(RunContainer.class);
    private static final LaunchOptions THROUGH = LaunchOptions.none().withAutoClean(true);

    private final InitLauncher inits;
    private final CreateContainer create;
    private final StartContainer start;
    private final CleanContainer clean;
    private final AbandonContainer abandon;
    private final boolean lasting;

    public RunContainer(
            InitLauncher inits,
            CreateContainer create,
            StartContainer start,
            CleanContainer clean,
            AbandonContainer abandon,
            boolean lasting) {
        this.inits = inits;
        this.create = create;
        this.start = start;
        this.clean = clean;
        this.abandon = abandon;
        this.lasting = lasting;
    }

    public ExitStatus run(Command command, Pipes pipes, StartCallback onStart) throws InterruptedException {
        return lasting || !command.hooks().isEmpty()
                ? inSteps(command, pipes, onStart)
                : through(command, pipes, onStart);
    }

    private ExitStatus inSteps(Command command, Pipes pipes, StartCallback onStart) throws InterruptedException {
        ActiveContainer container = create.create(command, pipes);
        try {
            start.start(container);
            onStart.started(process(container));
            ExitStatus status = AwaitContainer.await(container);
            clean.clean(container);
            return status;
        } catch (InterruptedException | RuntimeException | Error e) {
            abandon.abandon(container);
            throw e;
        }
    }

    private ExitStatus through(Command command, Pipes pipes, StartCallback onStart) throws InterruptedException {
        String doing = "run container \"" + command.id() + "\"";
        InitLaunch launch = inits.launch(doing, command, pipes, THROUGH);
        ActiveContainer container = launch.container();
        try {
            ShimProcess init = launch.process();
            if (!onStart.equals(StartCallback.NONE)) {
                init.await(Milestone.STARTED);
                onStart.started(process(container));
            }
            return await(doing, container, init);
        } catch (LaunchFailedException e) {
            abandon.abandon(container);
            throw launch.failure(doing, e);
        } catch (InterruptedException | RuntimeException | Error e) {
            abandon.abandon(container);
            throw e;
        }
    }

    private static ContainerProcess process(ActiveContainer container) {
        return new ContainerProcess(
                "container \"" + container.id() + "\"", container, container.process(), container.streams());
    }

    private static ExitStatus await(String doing, ActiveContainer container, ShimProcess init)
            throws InterruptedException {
        init.await(Milestone.CLEANED);
        // One that failed is cleaned, too: this tells it from one that ran.
        init.await(Milestone.STARTED);
        ExitStatus status = container.status().orElseThrow(() -> WrongState.notRunning(doing, container.stage()));
        if (status.termination() instanceof Termination.Lost) {
            throw init.lossDuring(doing);
        }
        container.streams().orElseThrow().awaitDelivered(doing);
        init.uncleaned()
                .ifPresent(left -> log.error("Container \"{}\" is held still: {}", container.id(), left.text()));
        return status;
    }
}
