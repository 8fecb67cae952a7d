// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Feature;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.StartedProcess;
import dev.caisson.driver.pipes.ConsoleSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The container that runs in the foreground, as other threads act upon it: before its start, which they may prevent, while it
 * runs, and after its end, when nothing is left to act upon. Thread-safe.
 */
final class ForegroundContainer implements StartCallback {
    private static final Set<Signal> ENDING = Set.of(Signal.INT, Signal.TERM, Signal.HUP);

    private final ContainerId id;
    private final Thread runner = Thread.currentThread();
    private final List<Runnable> waiting = new ArrayList<>();
    private @Nullable Driver driver;
    private @Nullable StartedProcess process;
    private @Nullable Signal preventedBy;
    private @Nullable Signal killedFor;
    private boolean askedToEnd;
    private boolean ended;

    /** Is made by the thread that will run it. */
    ForegroundContainer(ContainerId id) {
        this.id = id;
    }

    /** Says which driver runs it. */
    synchronized void runBy(Driver value) {
        driver = value;
    }

    @Override
    public synchronized void started(StartedProcess started) {
        process = started;
        List<Runnable> actions = List.copyOf(waiting);
        waiting.clear();
        // On another thread: they may have to wait for the driver, which waits for this call.
        Thread.ofVirtual().start(() -> actions.forEach(Runnable::run));
    }

    /** Does something as soon as it is started: now, if it is. */
    void onceStarted(Runnable action) {
        if (!waits(action)) {
            action.run();
        }
    }

    private synchronized boolean waits(Runnable action) {
        return process == null && waiting.add(action);
    }

    /** Says that it has ended. */
    synchronized void ended() {
        ended = true;
        Thread.interrupted(); // one that came too late to prevent anything
    }

    /** Returns the signal that has prevented its start. */
    synchronized Optional<Signal> preventedBy() {
        return Optional.ofNullable(preventedBy);
    }

    /** Returns the signal that was to end it and that its process 1 was deaf to, so that it was killed instead. */
    synchronized Optional<Signal> killedFor() {
        return Optional.ofNullable(killedFor);
    }

    /**
     * Sends its process a signal. Before the start signals wait for it, but the second one that asks for an end prevents it. A
     * process 1 that is deaf to a signal that would end any other is killed.
     */
    void signal(Signal signal) {
        if (ENDING.contains(signal) && prevents(signal)) {
            runner.interrupt();
        } else {
            onceStarted(() -> deliver(signal));
        }
    }

    private synchronized boolean prevents(Signal signal) {
        if (process != null || ended) {
            return false;
        }
        boolean second = askedToEnd;
        askedToEnd = true;
        if (second) {
            preventedBy = signal;
        }
        return second;
    }

    private void deliver(Signal signal) {
        if (isDeafTo(signal)) {
            kill();
        } else {
            send(signal);
        }
    }

    private synchronized boolean isDeafTo(Signal signal) {
        boolean deaf = process != null
                && !ended
                && SignalReception.of(process.identity().pid()).isDeafTo(signal);
        if (deaf) {
            killedFor = signal;
        }
        return deaf;
    }

    private synchronized void send(Signal signal) {
        if (process != null) {
            StartedProcess receiver = process;
            whileItRuns(() -> receiver.signal(signal));
        }
    }

    /** Kills it; before its start, as soon as it is started. */
    void kill() {
        onceStarted(() -> running().ifPresent(by -> by.terminate(id)));
    }

    private synchronized Optional<Driver> running() {
        return process == null ? Optional.empty() : Optional.ofNullable(driver);
    }

    /** Gives its terminal another size. */
    synchronized void resize(ConsoleSize size) {
        if (process != null && !ended) {
            StartedProcess running = process;
            whileItRuns(() -> running.resize(size));
        }
    }

    /** Stops all its processes for a while: by the freezer, or where the driver has none by SIGSTOP. */
    void suspend() {
        running()
                .ifPresent(by -> whileItRuns(() -> {
                    if (by.features().contains(Feature.PAUSE)) {
                        by.pause(id);
                    } else {
                        by.killAll(id, Signal.STOP);
                    }
                }));
    }

    /** Lets them go on. */
    void resume() {
        running()
                .ifPresent(by -> whileItRuns(() -> {
                    if (by.features().contains(Feature.PAUSE)) {
                        by.unpause(id);
                    } else {
                        by.killAll(id, Signal.CONT);
                    }
                }));
    }

    /** It may end at any moment: what then can't be done needs not be done. */
    private static void whileItRuns(Runnable action) {
        try {
            action.run();
        } catch (DriverException refused) {
            if (refused.kind() != ErrorKind.WRONG_STATE && refused.kind() != ErrorKind.NOT_FOUND) {
                throw refused;
            }
        }
    }
}
