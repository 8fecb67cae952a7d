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
            if (isInterrupted(calls.get(), whole * round / ROUNDS)) {
                interrupted++;
            }
            assertEquals(
                    List.of(),
                    kit.driver().containers().stream()
                            .filter(container -> container.state() != ContainerState.RUNNING)
                            .map(Container::id)
                            .toList());
        }
        return interrupted;
    }

    /** The first time the interrupt is there before the call; one that comes after it is taken here. */
    private static boolean isInterrupted(Call call, long nanos) {
        CountDownLatch go = new CountDownLatch(1);
        Thread interrupter = interrupter(Thread.currentThread(), nanos, go);
        if (nanos == 0) {
            Thread.currentThread().interrupt();
        }
        go.countDown();
        boolean interrupted = false;
        try {
            call.call();
        } catch (InterruptedException expected) {
            interrupted = true;
        }
        boolean joined = false;
        while (!joined) {
            try {
                interrupter.join();
                joined = true;
            } catch (InterruptedException late) {
                joined = !interrupter.isAlive();
            }
        }
        Thread.interrupted();
        return interrupted;
    }
}
