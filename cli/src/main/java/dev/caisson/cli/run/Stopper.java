// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.driver.Signal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Stops a container when its time is over or when it is asked to: first the stop signal, then, after the grace, a kill. */
final class Stopper {
    private final ForegroundContainer container;
    private final StopPlan plan;
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean timedOut;
    private boolean stopping;

    Stopper(ForegroundContainer container, StopPlan plan) {
        this.container = container;
        this.plan = plan;
    }

    /** Starts the time that it has. */
    void startTime(Duration time) {
        wait(time, () -> {
            timedOut = true;
            stop();
        });
    }

    /** Stops it; a second call changes nothing. */
    synchronized void stop() {
        if (stopping) {
            return;
        }
        stopping = true;
        if (plan.signal().equals(Signal.KILL)) {
            container.kill();
        } else {
            container.signal(plan.signal());
            Optional<Duration> grace = plan.grace();
            grace.ifPresent(time -> wait(time, container::kill));
        }
    }

    private void wait(Duration time, Runnable then) {
        Thread.ofVirtual().name("caisson-stop").start(() -> {
            try {
                if (!end.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                    then.run();
                }
            } catch (InterruptedException nobody) {
                // Nobody has a way to this thread.
                throw new IllegalStateException(nobody);
            }
        });
    }

    /** Says that it has ended: there is nothing more to stop. */
    void ended() {
        end.countDown();
    }

    /** Returns true if its time was over before it ended. */
    boolean timedOut() {
        return timedOut;
    }
}
