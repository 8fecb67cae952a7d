// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.RestoreOptions;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.cgroup.CgroupManager;
import dev.caisson.nativedriver.cgroup.CgroupPlace;
import dev.caisson.nativedriver.check.CommandChecks;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.criu.CriuTool;
import dev.caisson.nativedriver.criu.RestoreSession;
import dev.caisson.nativedriver.launch.InitLaunch;
import dev.caisson.nativedriver.launch.InitLauncher;
import dev.caisson.nativedriver.oci.OciState;
import dev.caisson.nativedriver.plan.LaunchOptions;
import dev.caisson.nativedriver.plan.Restoration;
import dev.caisson.nativedriver.plan.RestorePlanner;
import dev.caisson.nativedriver.shim.LaunchFailedException;
import dev.caisson.nativedriver.shim.LaunchPhase;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.ShimProcess;
import java.nio.file.Path;

/**
 * Makes a container from a checkpoint. The prestart and createRuntime hooks are run when its cgroup and network are there, the
 * poststart hooks when it runs; createContainer and startContainer hooks, which belong to the start of its program, are not.
 */
public final class RestoreContainer {
    private final CommandChecks checks;
    private final CgroupManager cgroups;
    private final CriuTool tool;
    private final RestorePlanner planner;
    private final InitLauncher inits;
    private final ContainerHooks hooks;
    private final AbandonContainer abandon;
    private final Path stage;

    /** @param stage a directory of the shim's, which it does not need itself */
    public RestoreContainer(
            CommandChecks checks,
            CgroupManager cgroups,
            CriuTool tool,
            RestorePlanner planner,
            InitLauncher inits,
            ContainerHooks hooks,
            AbandonContainer abandon,
            Path stage) {
        this.checks = checks;
        this.cgroups = cgroups;
        this.tool = tool;
        this.planner = planner;
        this.inits = inits;
        this.hooks = hooks;
        this.abandon = abandon;
        this.stage = stage;
    }

    public ActiveContainer restore(Command command, Pipes pipes, RestoreOptions options) throws InterruptedException {
        String doing = "restore container \"" + command.id() + "\"";
        checks.checkCheckpoint(doing, command);
        checkPipes(doing, pipes);
        CgroupPlace place = CgroupPlace.of(command.cgroup(), command.id().value());
        try (RestoreSession session = RestoreSession.open(doing, tool, command, options, cgroups.roots(place), stage)) {
            InitLaunch launch = launch(doing, command, pipes, session);
            try {
                run(launch, session);
            } catch (LaunchFailedException e) {
                abandon.abandon(launch.container());
                throw launch.failure(doing, e);
            } catch (InterruptedException | RuntimeException | Error e) {
                abandon.abandon(launch.container());
                throw e;
            }
            return launch.container();
        }
    }

    private static void checkPipes(String doing, Pipes pipes) {
        if (pipes instanceof Pipes.Streams streams && !streams.extra().isEmpty()) {
            throw new DriverException(
                    StandardErrorCode.UNSUPPORTED_FIELD,
                    doing,
                    "further descriptors are given for it, but those that it had are brought back as they were",
                    "give the three streams, or a terminal");
        }
    }

    private InitLaunch launch(String doing, Command command, Pipes pipes, RestoreSession session) {
        Restoration restoration = session.restoration();
        LaunchOptions options = LaunchOptions.none().withAwaitContinue(ContainerHooks.areBeforeRoot(command.hooks()));
        InitLaunch launch = inits.launch(
                doing,
                command,
                pipes,
                options,
                (given, cgroup, stdio, how) -> planner.plan(given, cgroup, stdio, how, restoration));
        session.launched();
        return launch;
    }

    private void run(InitLaunch launch, RestoreSession session) throws InterruptedException {
        Command command = launch.container().command();
        ShimProcess process = launch.process();
        if (ContainerHooks.areBeforeRoot(command.hooks())) {
            process.await(Milestone.CREATED);
            byte[] state = OciState.of(command, OciState.Status.CREATING, process.pid());
            hooks.beforeRoot(command, state);
            process.proceed(state);
        }
        boolean answered = session.run((pid, master) -> {
            process.adopt(pid, master);
            process.await(Milestone.STARTED);
        });
        if (!answered) {
            throw ended(process, session);
        }
        hooks.afterStart(command, process.pid());
    }

    /** CRIU was not even started, or has died. */
    private static RuntimeException ended(ShimProcess process, RestoreSession session) throws InterruptedException {
        process.await(Milestone.CLEANED);
        try {
            process.await(Milestone.STARTED);
        } catch (LaunchFailedException e) {
            if (e.failed().phase() != LaunchPhase.RESTORE) {
                throw e;
            }
        }
        return session.failure(0);
    }
}
