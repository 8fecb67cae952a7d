// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.Messages;
import dev.caisson.driver.Signal;
import java.util.function.Consumer;

/**
 * What a signal to caisson means for the container. Most are passed on as they are. The third SIGINT or SIGTERM kills it, whatever
 * it made of the first two. SIGTSTP stops it and us until SIGCONT.
 */
final class SignalPolicy implements Consumer<Signal> {
    private static final Signal TSTP = Signal.parse("TSTP");
    private static final int PATIENCE = 3;

    private final ForegroundContainer container;
    private final Stopper stopper;
    private final boolean stopOnTerm;
    private final Foreground foreground;
    private final Messages messages;
    private int requests;
    private boolean suspended;

    SignalPolicy(
            ForegroundContainer container,
            Stopper stopper,
            boolean stopOnTerm,
            Foreground foreground,
            Messages messages) {
        this.container = container;
        this.stopper = stopper;
        this.stopOnTerm = stopOnTerm;
        this.foreground = foreground;
        this.messages = messages;
    }

    @Override
    public synchronized void accept(Signal signal) {
        if (signal.equals(Signal.INT) || signal.equals(Signal.TERM)) {
            end(signal);
        } else if (signal.equals(TSTP)) {
            suspended = true;
            container.onceStarted(() -> {
                container.suspend();
                foreground.stopSelf();
            });
        } else if (signal.equals(Signal.CONT) && suspended) {
            suspended = false;
            foreground.goOn();
            container.resume();
            foreground.resized(container);
        } else if (!signal.equals(Signal.WINCH) || !foreground.resized(container)) {
            container.signal(signal);
        }
    }

    private void end(Signal signal) {
        requests++;
        if (requests >= PATIENCE) {
            container.kill();
        } else if (signal.equals(Signal.TERM) && stopOnTerm) {
            stopper.stop();
        } else {
            container.signal(signal);
            if (requests == PATIENCE - 1) {
                messages.say("passed on " + signal + " again; the next one kills the container");
            }
        }
    }
}
