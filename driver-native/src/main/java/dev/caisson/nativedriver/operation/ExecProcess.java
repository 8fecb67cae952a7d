// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.check.Checker;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.check.CommandChecks;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.ContainerProcess;
import dev.caisson.nativedriver.container.Endings;
import dev.caisson.nativedriver.container.Stage;
import dev.caisson.nativedriver.container.WrongState;
import dev.caisson.nativedriver.event.EventHub;
import dev.caisson.nativedriver.failure.LaunchFailure;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.launch.Launcher;
import dev.caisson.nativedriver.plan.ExecPlanner;
import dev.caisson.nativedriver.plan.ExecTarget;
import dev.caisson.nativedriver.plan.LaunchOptions;
import dev.caisson.nativedriver.plan.LaunchPlan;
import dev.caisson.nativedriver.shim.LaunchFailedException;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.Reply;
import dev.caisson.nativedriver.shim.ShimProcess;
import dev.caisson.nativedriver.stdio.ProcessStreams;
import dev.caisson.nativedriver.stdio.StreamWiring;
import java.util.Optional;

/**
 * Runs a further process in a container.
 *
 * <p>What it wrote before its end is delivered. A child of it that goes on and still holds its streams is not waited for: what
 * such a child writes later gets EPIPE.
 */
public final class ExecProcess {
    private static final LaunchOptions OPTIONS = LaunchOptions.none().withAutoClean(true);

    private final CommandChecks checks;
    private final ExecCgroups cgroups;
    private final ExecPlanner planner;
    private final StreamWiring wiring;
    private final Launcher launcher;
    private final EventHub events;

    public ExecProcess(
            CommandChecks checks,
            ExecPlanner planner,
            FileCalls files,
            StreamWiring wiring,
            Launcher launcher,
            EventHub events) {
        this.cgroups = new ExecCgroups(files);
        this.checks = checks;
        this.planner = planner;
        this.wiring = wiring;
        this.launcher = launcher;
        this.events = events;
    }

    public ExecStatus exec(ActiveContainer container, ProcessConfig process, Pipes pipes, StartCallback onStart)
            throws InterruptedException {
        String name =
                "process \"" + (process.args().isEmpty() ? "" : process.args().get(0)) + "\" in container \""
                        + container.id() + "\"";
        String doing = "run " + name;
        check(doing, process);
        checkStage(doing, container);
        checks.checkExec(container.command(), process);
        try (ProcessStreams streams = wiring.wire(doing, pipes, process.terminal())) {
            ExecTarget target = target(doing, container);
            LaunchPlan plan =
                    planner.plan(target, process, cgroups.of(container, target.pid()), streams.stdio(), OPTIONS);
            ExecFollower follower = new ExecFollower(container.id(), streams, events);
            ShimProcess launched = launcher.launch(name, plan, streams, follower);
            try {
                return await(doing, new ContainerProcess(name, container, launched, Optional.of(streams)), onStart);
            } catch (LaunchFailedException e) {
                // The container may have ended, or been paused, between the look at it and the launch.
                checkStage(doing, container);
                throw LaunchFailure.of(doing, process.args().get(0), e);
            } catch (InterruptedException | RuntimeException | Error e) {
                launcher.kill(launched);
                throw e;
            }
        }
    }

    private static ExecTarget target(String doing, ActiveContainer container) {
        ProcessIdentity init = container.init().orElseThrow(() -> WrongState.notRunning(doing, container.stage()));
        return new ExecTarget(container.command(), container.process().tag(), Math.toIntExact(init.pid()));
    }

    private static void check(String doing, ProcessConfig process) {
        Checker checker = Checker.atRoot();
        process.check(checker.at("process"));
        if (!checker.mistakes().isEmpty()) {
            throw new InvalidCommandException(doing, checker.mistakes());
        }
    }

    private static void checkStage(String doing, ActiveContainer container) {
        Stage stage = container.stage();
        switch (stage) {
            case RUNNING -> {}
            case PAUSED -> throw WrongState.paused(doing);
            case CREATING, CREATED, STARTING, EXITED, CLEANED -> throw WrongState.notRunning(doing, stage);
        }
    }

    private static ExecStatus await(String doing, ContainerProcess started, StartCallback onStart)
            throws InterruptedException {
        ShimProcess process = started.process();
        if (!onStart.equals(StartCallback.NONE)) {
            process.await(Milestone.STARTED);
            onStart.started(started);
        }
        process.await(Milestone.CLEANED);
        process.await(Milestone.STARTED);
        Reply.Exited exited = process.exited().orElseThrow(() -> process.lossDuring(doing));
        if (Endings.isLost(exited)) {
            throw process.lossDuring(doing);
        }
        started.streams().orElseThrow().awaitDelivered(doing);
        return Endings.execStatus(exited);
    }

    /** Lets the streams flow and tells listeners. */
    private record ExecFollower(ContainerId id, ProcessStreams streams, EventHub events)
            implements ShimProcess.Listener {
        @Override
        public void reached(ShimProcess process, Reply.Progress progress) {
            switch (progress) {
                case Reply.Created created -> {}
                case Reply.Ready ready -> ready.descriptors().forEach(streams::terminal);
                case Reply.Started started -> {
                    started.descriptors().forEach(streams::terminal);
                    streams.started(process);
                    ProcessIdentity identity = new ProcessIdentity(started.pid(), started.startTime());
                    events.publish(() ->
                            new ContainerEvent.ExecStarted(id, Endings.instant(started.startedNanos()), identity));
                }
                case Reply.Failed failed -> streams.close();
                case Reply.Exited exited -> {
                    streams.ended();
                    ProcessIdentity identity = new ProcessIdentity(process.pid(), process.startTime());
                    events.publish(() -> new ContainerEvent.ExecExited(
                            id, Endings.instant(exited.finishedNanos()), identity, Endings.execStatus(exited)));
                }
                case Reply.Cleaned cleaned -> {}
            }
        }
    }
}
