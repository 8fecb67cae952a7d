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
import org.jspecify.annotations.Nullable;

/**
 * The container that runs in the foreground, as other threads act upon it: before its start, which they may prevent, while it
 * runs, and after its end, when nothing is left to act upon. Thread-safe.
 */
final class ForegroundContainer implements StartCallback {
    private final ContainerId id;
    private final Thread runner = Thread.currentThread();
    private final List<Signal> early = new ArrayList<>();
    private @Nullable Driver driver;
    private @Nullable StartedProcess process;
    private @Nullable Signal preventedBy;
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
        early.forEach(signal -> send(started, signal));
        early.clear();
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

    /** Sends its process a signal; before its start one that ends prevents it, and others wait for it. */
    synchronized void signal(Signal signal) {
        if (process != null) {
            send(process, signal);
        } else if (!ended && (signal.equals(Signal.INT) || signal.equals(Signal.TERM) || signal.equals(Signal.HUP))) {
            preventedBy = signal;
            runner.interrupt();
        } else {
            early.add(signal);
        }
    }

    /** Kills it, or prevents its start. */
    void kill() {
        Optional<Driver> running = running();
        if (running.isPresent()) {
            running.get().terminate(id);
        } else {
            signal(Signal.TERM);
        }
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

    private static void send(StartedProcess process, Signal signal) {
        whileItRuns(() -> process.signal(signal));
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
