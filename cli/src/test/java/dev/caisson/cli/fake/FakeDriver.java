// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.fake;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerListener;
import dev.caisson.driver.Driver;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.ProcessInfo;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.StartedProcess;
import dev.caisson.driver.Subscription;
import dev.caisson.driver.Termination;
import dev.caisson.driver.Usage;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.pipes.ConsoleSize;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.resources.Resources;
import dev.caisson.driver.stats.ResourceStats;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Does what the first argument says: {@code exit N}, {@code oom N}, {@code signal NAME}, {@code missing}, {@code fault} or {@code
 * wait}, which waits for a signal and ends by it.
 */
public final class FakeDriver implements Driver {
    /** The last Command that was run. */
    public static volatile Command last;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Usage USAGE = new Usage(
            Duration.ofMillis(120),
            Duration.ofMillis(30),
            OptionalLong.of(20L << 20),
            3L << 20,
            OptionalLong.empty(),
            OptionalLong.of(4096));

    private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();

    @Override
    public String name() {
        return "fake-1";
    }

    @Override
    public Set<Feature> features() {
        return EnumSet.of(Feature.CREATE, Feature.SIGNALS);
    }

    @Override
    public ExitStatus run(Command command, Pipes pipes, StartCallback onStart) throws InterruptedException {
        last = command;
        List<String> args = command.process().args();
        if (args.get(0).equals("missing")) {
            throw new LaunchException(
                    StandardErrorCode.COMMAND_NOT_FOUND,
                    "start \"missing\"",
                    "exec",
                    2,
                    127,
                    "no such file",
                    "name another",
                    null);
        }
        onStart.started(new Started());
        return switch (args.get(0)) {
            case "exit" -> status(new Termination.Exited(Integer.parseInt(args.get(1))), false);
            case "oom" -> status(new Termination.Exited(Integer.parseInt(args.get(1))), true);
            case "signal" -> status(new Termination.Signalled(Signal.parse(args.get(1)), false), false);
            case "wait" -> status(new Termination.Signalled(signals.take(), false), false);
            case "lost" -> status(new Termination.Lost("its keeper was killed"), false);
            default -> throw new IllegalStateException("told to fail");
        };
    }

    private static ExitStatus status(Termination termination, boolean oom) {
        return new ExitStatus(termination, oom, START, START.plusMillis(1234), USAGE);
    }

    private final class Started implements StartedProcess {
        @Override
        public ProcessIdentity identity() {
            return new ProcessIdentity(1, 1);
        }

        @Override
        public void signal(Signal signal) {
            signals.add(signal);
        }

        @Override
        public void resize(ConsoleSize size) {
            throw new UnsupportedOperationException();
        }
    }

    @Override
    public void terminate(ContainerId id) {
        signals.add(Signal.KILL);
    }

    @Override
    public void close() {}

    @Override
    public Container create(Command command, Pipes pipes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Container container(ContainerId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Container> containers() {
        return List.of();
    }

    @Override
    public ExecStatus exec(ContainerId id, ProcessConfig process, Pipes pipes, StartCallback onStart) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void kill(ContainerId id, Signal signal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void killAll(ContainerId id, Signal signal) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void pause(ContainerId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void unpause(ContainerId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clean(ContainerId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<ProcessInfo> processes(ContainerId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ResourceStats stats(ContainerId id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void update(ContainerId id, Resources resources) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Container> recover() {
        return List.of();
    }

    @Override
    public Subscription subscribe(ContainerListener listener) {
        throw new UnsupportedOperationException();
    }
}
