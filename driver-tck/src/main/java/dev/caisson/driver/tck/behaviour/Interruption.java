// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.tck.Kit;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Interrupts a call again and again, each time at a later step of it. */
final class Interruption {
    /** How often each call is interrupted. */
    static final int ROUNDS = 40;

    private Interruption() {}

    /** Interrupts the caller after so many nanoseconds, which are spent turning: no sleep is as exact. */
    private static Thread interrupter(Thread target, long nanos, CountDownLatch go) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                go.await();
            } catch (InterruptedException interrupt) {
                return;
            }
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            target.interrupt();
        });
    }

    /** A call that either is interrupted or had ended before. */
    interface Call {
        void call() throws InterruptedException;
    }

    private static long measure(Call call) throws InterruptedException {
        long begin = System.nanoTime();
        call.call();
        return System.nanoTime() - begin;
    }

    /** Interrupts a call ROUNDS times, each time a little later, and returns how often it was so ended. */
    static int atEveryStep(Kit kit, Supplier<Call> calls) throws InterruptedException {
        long whole = measure(calls.get());
        int interrupted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Call call = calls.get();
            CountDownLatch go = new CountDownLatch(1);
            Thread interrupter = interrupter(Thread.currentThread(), whole * round / ROUNDS, go);
            try {
                go.countDown();
                call.call();
            } catch (InterruptedException expected) {
                interrupted++;
            }
            joinUninterrupted(interrupter);
            assertEquals(
                    List.of(),
                    kit.driver().containers().stream()
                            .filter(container -> container.state() != ContainerState.RUNNING)
                            .map(Container::id)
                            .toList());
        }
        return interrupted;
    }

    /** The interrupt may come after the call: it is taken here then. */
    private static void joinUninterrupted(Thread thread) {
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException late) {
                continue;
            }
        }
        Thread.interrupted();
    }
}
