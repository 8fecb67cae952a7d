// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.Driver;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.pipes.Pipes;
import java.io.OutputStream;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class InterruptRootTest {
    private static final int ROUNDS = 60;

    private LiveDriver live;

    @BeforeEach
    void open() throws Exception {
        live = LiveDriver.tied();
    }

    @AfterEach
    void close() throws Exception {
        live.close();
    }

    private interface Call {
        void run() throws InterruptedException;
    }

    /** Interrupts a call after some microseconds; returns whether it was still under way. */
    private static boolean interrupt(Call call, int micros) throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicInteger interrupted = new AtomicInteger();
        CountDownLatch begun = new CountDownLatch(1);
        Thread thread = Thread.ofVirtual().start(() -> {
            begun.countDown();
            try {
                call.run();
            } catch (InterruptedException e) {
                interrupted.incrementAndGet();
            } catch (RuntimeException | Error e) {
                failure.set(e);
            }
        });
        begun.await();
        Thread.sleep(0, micros * 1000 % 1_000_000);
        Thread.sleep(micros / 1000);
        thread.interrupt();
        thread.join();
        if (failure.get() != null) {
            throw new AssertionError("interrupted after " + micros + " us", failure.get());
        }
        return interrupted.get() == 1;
    }

    @Test
    void runLeavesNothingWheneverItIsInterrupted() throws Exception {
        Driver driver = live.driver();
        Random random = new Random(11);
        int interrupted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int number = round;
            boolean hit = interrupt(
                    () -> driver.run(
                            live.command("r" + number, "sleep", "100").build(), Pipes.discard(), StartCallback.NONE),
                    random.nextInt(20_000));
            assertTrue(hit, "round " + round);
            interrupted++;
            assertEquals(List.of(), driver.containers());
        }
        assertEquals(ROUNDS, interrupted);
    }

    @Test
    void createLeavesNothingWheneverItIsInterrupted() throws Exception {
        Driver driver = live.driver();
        Random random = new Random(12);
        int created = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String name = "c" + round;
            if (!interrupt(
                    () -> driver.create(live.command(name, "sleep", "100").build(), Pipes.discard()),
                    random.nextInt(12_000))) {
                created++;
                assertEquals(
                        ContainerState.CREATED, driver.container(live.id(name)).state());
                driver.clean(live.id(name));
            }
            assertEquals(List.of(), driver.containers());
        }
        assertTrue(created < ROUNDS, "none was interrupted");
    }

    @Test
    void execIsKilledAndItsContainerGoesOn() throws Exception {
        Driver driver = live.driver();
        Container container = driver.create(live.command("a", "sleep", "1000").build(), Pipes.discard());
        container.start();
        Random random = new Random(13);
        for (int round = 0; round < ROUNDS; round++) {
            assertTrue(interrupt(
                    () -> driver.exec(
                            container.id(), live.process("sleep", "100").build(), Pipes.discard(), StartCallback.NONE),
                    random.nextInt(15_000)));
        }
        assertEquals(ContainerState.RUNNING, container.state());
        assertEquals(1, driver.processes(container.id()).size());
    }

    @Test
    void readerThatNeverReadsDoesNotKeepAnInterruptedRun() throws Exception {
        CountDownLatch stuck = new CountDownLatch(1);
        OutputStream never = new OutputStream() {
            @Override
            public void write(int b) {
                write(new byte[1], 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                try {
                    stuck.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        assertTrue(interrupt(
                () -> live.driver()
                        .run(live.shell("a", "while :; do echo yes; done"), Pipes.combined(never), StartCallback.NONE),
                300_000));
        stuck.countDown();
        assertFalse(Thread.interrupted());
    }
}
