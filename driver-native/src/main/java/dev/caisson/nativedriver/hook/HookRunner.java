// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.hook;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.Hook;
import dev.caisson.driver.pipes.Input;
import dev.caisson.driver.pipes.Output;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.container.Endings;
import dev.caisson.nativedriver.launch.Launcher;
import dev.caisson.nativedriver.launch.StreamFollower;
import dev.caisson.nativedriver.plan.HostPlanner;
import dev.caisson.nativedriver.shim.LaunchFailedException;
import dev.caisson.nativedriver.shim.LaunchPhase;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.ShimProcess;
import dev.caisson.nativedriver.stdio.ProcessStreams;
import dev.caisson.nativedriver.stdio.StreamWiring;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs hooks on the host, one after the other, each as a process of the shim. Thread-safe. */
public final class HookRunner {
    private static final int FAILED_EXIT_CODE = 125;

    private final Launcher launcher;
    private final StreamWiring wiring;
    private final HostPlanner planner = new HostPlanner();

    public HookRunner(Launcher launcher, StreamWiring wiring) {
        this.launcher = launcher;
        this.wiring = wiring;
    }

    /**
     * Runs hooks until one fails.
     *
     * @param kind what the specification calls them, such as {@code createRuntime}
     * @param state what they get on their standard input
     * @throws LaunchException HOOK_FAILED, with the end of what the hook said on its standard error
     * @throws InterruptedException if this thread was interrupted; the hook under way is killed
     */
    public void run(ContainerId id, String kind, List<Hook> hooks, byte[] state) throws InterruptedException {
        for (Hook hook : hooks) {
            run(id, kind, hook, state);
        }
    }

    private void run(ContainerId id, String kind, Hook hook, byte[] state) throws InterruptedException {
        String doing = "run " + kind + " hook " + hook.path() + " of container \"" + id + "\"";
        TailBuffer complaints = new TailBuffer();
        Pipes pipes = new Pipes.Streams(
                new Input.FromStream(new ByteArrayInputStream(state)),
                new Output.Discard(),
                new Output.ToStream(complaints),
                List.of());
        try (ProcessStreams streams = wiring.wire(doing, pipes, false)) {
            ShimProcess process = launcher.launch(
                    doing, planner.plan(id, hook, streams.stdio()), streams, new StreamFollower(streams));
            try {
                boolean inTime = await(process, hook);
                streams.awaitDelivered(doing);
                check(doing, hook, process, inTime, complaints);
            } catch (LaunchFailedException e) {
                throw failed(
                        doing,
                        "it can't be started: " + e.getMessage(),
                        e.failed().errno(),
                        e);
            } catch (InterruptedException e) {
                launcher.kill(process);
                throw e;
            }
        }
    }

    /** Waits for its end, which is brought about if it does not come in time. */
    private static boolean await(ShimProcess process, Hook hook) throws InterruptedException {
        process.await(Milestone.STARTED);
        if (hook.timeout().isEmpty()) {
            process.await(Milestone.CLEANED);
            return true;
        }
        Duration most = hook.timeout().get();
        if (process.await(Milestone.EXITED, most)) {
            process.await(Milestone.CLEANED);
            return true;
        }
        process.signal(Signal.KILL.number());
        process.await(Milestone.CLEANED);
        return false;
    }

    private static void check(String doing, Hook hook, ShimProcess process, boolean inTime, TailBuffer complaints) {
        if (!inTime) {
            throw failed(
                    doing, "it ran longer than its timeout of " + hook.timeout().orElseThrow(), 0, null);
        }
        Termination end = Endings.termination(process.exited().orElseThrow());
        if (!end.equals(new Termination.Exited(0))) {
            String said = complaints.text();
            String how = switch (end) {
                case Termination.Exited exited -> "it ended with exit code " + exited.code();
                case Termination.Signalled signalled -> "it was killed by " + signalled.signal();
                case Termination.Lost lost -> lost.reason();
            };
            throw failed(doing, said.isEmpty() ? how : how + " and said: " + said, 0, null);
        }
    }

    private static LaunchException failed(String doing, String why, int errno, @Nullable Throwable cause) {
        return new LaunchException(
                StandardErrorCode.HOOK_FAILED,
                doing,
                LaunchPhase.HOOK.label(),
                errno,
                FAILED_EXIT_CODE,
                why,
                "mend the hook, or leave it out",
                cause);
    }
}
