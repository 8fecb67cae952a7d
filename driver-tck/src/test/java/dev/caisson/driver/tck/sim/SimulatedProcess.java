// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.Feature;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartedProcess;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.pipes.ConsoleSize;
import dev.caisson.driver.tck.probe.Step;
import dev.caisson.driver.tck.probe.Verb;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A thread that takes the probe's steps in a simulated container. */
final class SimulatedProcess implements StartedProcess {
    private final SimulatedContainer container;
    private final ProcessConfig config;
    private final Stdio stdio;
    private final ProcessIdentity identity;
    private final long innerPid;
    private final long parent;
    private final List<Step> steps;
    private final Thread thread;
    private final CompletableFuture<Termination> ended = new CompletableFuture<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Signal> pending = new ArrayDeque<>();
    private final Map<Signal, Runnable> traps = new HashMap<>();
    private final Instant startedAt = Instant.now();
    private final CountDownLatch holding = new CountDownLatch(1);
    private boolean frozen;
    private boolean stopped;
    private boolean killed;
    private @Nullable Termination forced;
    private @Nullable Ended thrown;

    SimulatedProcess(
            SimulatedContainer container,
            ProcessConfig config,
            List<Step> steps,
            Stdio stdio,
            long innerPid,
            long parent) {
        this.container = container;
        this.config = config;
        this.steps = steps;
        this.stdio = stdio;
        long pid = container.machine().nextNumber();
        this.identity = new ProcessIdentity(pid, pid * 7);
        this.innerPid = innerPid == 0 ? pid : innerPid;
        this.parent = parent;
        this.thread = Thread.ofVirtual().name("simulated " + pid).unstarted(this::live);
        container.machine().born(this);
    }

    /** Once; what is started early isn't started again. */
    void start() {
        if (thread.getState() != Thread.State.NEW) {
            return;
        }
        stdio.start();
        stdio.tty().ifPresent(tty -> {
            config.consoleSize().ifPresent(tty::initialSize);
            tty.foreground(signal -> signal(signal, false));
        });
        thread.start();
    }

    /** Goes on from a checkpoint: says no more what it has said before. */
    void goOnAfter(Verb said, boolean fromTheBeginning) {
        if (!fromTheBeginning) {
            steps.removeIf(step -> step.verb() == said);
        }
    }

    /** With the streams of its parent, which carry bytes already. */
    void startAsChild() {
        thread.start();
    }

    private void live() {
        Termination termination;
        try {
            Interpreter interpreter = new Interpreter(this);
            for (Step step : steps) {
                gate();
                interpreter.take(step);
            }
            termination = new Termination.Exited(0);
        } catch (Ended end) {
            termination = end.termination();
        } catch (InterruptedException killedMeanwhile) {
            termination = new Termination.Signalled(Signal.KILL, false);
        } catch (RuntimeException | Error broken) {
            container.broken(broken);
            termination = new Termination.Exited(99);
        }
        container.exited(this, forced == null ? termination : forced);
    }

    /** Waits while it is frozen or stopped, and answers signals. */
    void gate() throws InterruptedException, Ended {
        lock.lockInterruptibly();
        try {
            while (frozen || stopped) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
        answerSignals();
    }

    private void answerSignals() throws InterruptedException, Ended {
        Signal signal = take();
        while (signal != null) {
            Runnable trap = traps.get(signal);
            if (trap != null) {
                trap.run();
                rethrow();
            } else if (!isProtected() && isDeadly(signal)) {
                throw new Ended(new Termination.Signalled(signal, false));
            }
            signal = take();
        }
    }

    /** A trap that ends the process. */
    void end(Ended end) {
        thrown = end;
    }

    private void rethrow() throws Ended {
        if (thrown != null) {
            throw thrown;
        }
    }

    private @Nullable Signal take() {
        lock.lock();
        try {
            return pending.poll();
        } finally {
            lock.unlock();
        }
    }

    /** The init of a pid namespace hears no signal that it hasn't asked for, pid_namespaces(7). */
    private boolean isProtected() {
        return innerPid == 1;
    }

    private static boolean isDeadly(Signal signal) {
        return List.of(Signal.HUP, Signal.INT, Signal.QUIT, Signal.TERM, Signal.USR1, Signal.USR2)
                .contains(signal);
    }

    /** Waits until it waits for signals: only then it answers them all. */
    void awaitHold() throws InterruptedException {
        if (steps.stream().anyMatch(step -> step.verb() == Verb.HOLD)) {
            holding.await();
        }
    }

    /** Waits for a signal for ever. */
    void hold() throws InterruptedException, Ended {
        holding.countDown();
        while (true) {
            lock.lockInterruptibly();
            try {
                while (pending.isEmpty() || frozen || stopped) {
                    changed.await();
                }
            } finally {
                lock.unlock();
            }
            gate();
        }
    }

    /** Writes a line from within a trap. */
    void say(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            stdio.out().write(bytes, 0, bytes.length);
        } catch (InterruptedException killedMeanwhile) {
            Thread.currentThread().interrupt();
        }
    }

    void trap(Signal signal, Runnable action) {
        traps.put(signal, action);
    }

    /** Delivers a signal, from outside of its pid namespace or not. */
    void signal(Signal signal, boolean fromOutside) {
        if (signal.equals(Signal.KILL)) {
            kill(new Termination.Signalled(Signal.KILL, false));
            return;
        }
        if (config.initReaper() && container.fault().is(Wrong.SMALL_INIT_KEEPS_SIGNALS)) {
            return;
        }
        lock.lock();
        try {
            if (signal.equals(Signal.STOP) && fromOutside) {
                stopped = true;
            } else if (signal.equals(Signal.CONT) && !container.fault().is(Wrong.CONTINUES_NOBODY)) {
                stopped = false;
            } else {
                pending.add(signal);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void kill(Termination termination) {
        lock.lock();
        try {
            if (killed) {
                return;
            }
            killed = true;
            forced = termination;
        } finally {
            lock.unlock();
        }
        if (thread.getState() == Thread.State.NEW) {
            container.exited(this, termination);
        } else {
            thread.interrupt();
        }
    }

    void freeze(boolean value) {
        lock.lock();
        try {
            frozen = value;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public ProcessIdentity identity() {
        return identity;
    }

    @Override
    public void signal(Signal signal) {
        if (!signal.equals(Signal.KILL)) {
            container.engine().needs("signal process " + identity.pid(), Feature.SIGNALS);
        }
        if (container.isPaused()
                && !signal.equals(Signal.KILL)
                && !container.fault().is(Wrong.SIGNALS_PAUSED_ONES)) {
            throw new DriverException(
                    StandardErrorCode.PAUSED,
                    "signal process " + identity.pid(),
                    "its container is paused",
                    "unpause it");
        }
        if (!ended.isDone()) {
            if (this == container.initProcess() || !container.fault().is(Wrong.EXECS_HEAR_NO_SIGNALS)) {
                signal(signal, true);
            }
        } else if (container.fault().is(Wrong.SIGNALLING_THE_DEAD_FAILS)) {
            throw new DriverException(StandardErrorCode.NO_SUCH_PROCESS, "signal it", "it has ended", "");
        }
    }

    @Override
    public void resize(ConsoleSize size) {
        if (stdio.tty().isEmpty() && container.fault().is(Wrong.RESIZES_WHAT_IS_NO_TERMINAL)) {
            return;
        }
        stdio.tty()
                .orElseThrow(() -> new DriverException(
                        StandardErrorCode.INVALID_ARGUMENT,
                        "resize process " + identity.pid(),
                        "it has no terminal",
                        "give it a terminal"))
                .resize(size);
    }

    SimulatedContainer container() {
        return container;
    }

    ProcessConfig config() {
        return config;
    }

    Stdio stdio() {
        return stdio;
    }

    long innerPid() {
        return innerPid;
    }

    long parent() {
        return parent;
    }

    Instant startedAt() {
        return startedAt;
    }

    CompletableFuture<Termination> ended() {
        return ended;
    }
}
