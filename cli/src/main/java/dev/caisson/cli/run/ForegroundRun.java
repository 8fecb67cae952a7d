// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.ExitCodes;
import dev.caisson.cli.Messages;
import dev.caisson.cli.signal.CaughtSignals;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Pipes;
import java.util.Optional;
import java.util.function.Supplier;

/** Runs one container from its start to its end, with our streams and signals. */
final class ForegroundRun {
    private final RunRequest request;
    private final CaughtSignals signals;
    private final Foreground foreground;
    private final Messages messages;
    private final ForegroundContainer container;
    private final Stopper stopper;

    ForegroundRun(RunRequest request, CaughtSignals signals, Foreground foreground, Messages messages) {
        this.request = request;
        this.signals = signals;
        this.foreground = foreground;
        this.messages = messages;
        this.container = new ForegroundContainer(request.command().id());
        this.stopper = new Stopper(container, request.control().stop());
    }

    /**
     * Takes the signals; those that come from now on are the container's.
     *
     * @throws IllegalStateException if this JVM doesn't let signals be caught
     */
    void listen() throws InterruptedException {
        boolean stopOnTerm = request.control().stop().asked();
        signals.handOver(new SignalPolicy(container, stopper, stopOnTerm, foreground, messages));
    }

    /**
     * Returns the exit code that the command ends with.
     *
     * @param opener opens the driver
     * @param onStart told after the start
     * @throws DriverException as the opener and {@link Driver#run}
     */
    int run(Supplier<Driver> opener, StartCallback onStart) throws InterruptedException {
        try (foreground;
                Driver driver = opener.get()) {
            container.runBy(driver);
            return report(run(driver, onStart));
        } catch (InterruptedException | RuntimeException failure) {
            // A signal before the start interrupts this thread, which may show as any failure of what it was doing.
            Optional<Signal> preventedBy = container.preventedBy();
            if (preventedBy.isEmpty()) {
                throw failure;
            }
            return ExitCodes.of(preventedBy.get());
        }
    }

    private ExitStatus run(Driver driver, StartCallback onStart) throws InterruptedException {
        try {
            return run(driver, request.command(), foreground.connect(), process -> {
                onStart.started(process);
                container.started(process);
                request.control().timeout().ifPresent(stopper::startTime);
            });
        } finally {
            stopper.ended();
            container.ended();
            foreground.close();
        }
    }

    /** Addresses are drawn by lot: what another container has drawn before is found out here. */
    private ExitStatus run(Driver driver, Command first, Pipes pipes, StartCallback onStart)
            throws InterruptedException {
        Command command = first;
        while (true) {
            try {
                return driver.run(command, pipes, onStart);
            } catch (LaunchException refused) {
                if (refused.code() != StandardErrorCode.ADDRESS_TAKEN) {
                    throw refused;
                }
                command = request.otherwise().get().orElseThrow(() -> refused);
            }
        }
    }

    private int report(ExitStatus status) {
        EndReport report = new EndReport(request.command(), status);
        boolean timedOut = stopper.timedOut();
        if (timedOut) {
            messages.say("killed: the time limit of "
                    + request.control().timeout().map(TimeText::of).orElse("") + " was reached");
        }
        report.remarks().forEach(messages::say);
        if (request.control().stats()) {
            report.usage().forEach(messages::say);
        }
        return timedOut ? ExitCodes.TIMED_OUT : exitCode(status);
    }

    /** What was killed because its process 1 was deaf to a signal counts as ended by that signal. */
    private int exitCode(ExitStatus status) {
        boolean killed = status.termination().equals(new Termination.Signalled(Signal.KILL, false));
        return container.killedFor().filter(signal -> killed).map(ExitCodes::of).orElse(status.shellCode());
    }
}
