// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Termination;
import dev.caisson.driver.pipes.Pipes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ShimDeathRootTest {
    private LiveDriver live;

    @AfterEach
    void close() throws Exception {
        live.close();
    }

    /** The pid that the shim has written into its lock. */
    private int shim() throws Exception {
        try (Stream<Path> roots = Files.walk(live.stateRoot(), 2)) {
            Path lock = roots.filter(path -> path.endsWith("lock")).findFirst().orElseThrow();
            return Integer.parseInt(Files.readString(lock).strip());
        }
    }

    private int killShim() throws Exception {
        int pid = shim();
        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        return pid;
    }

    private static FutureTask<Object> begin(Callable<Object> call) {
        FutureTask<Object> task = new FutureTask<>(call);
        Thread.ofVirtual().start(task);
        return task;
    }

    private static DriverException failure(FutureTask<Object> task) {
        ExecutionException failed = assertThrows(ExecutionException.class, task::get);
        return assertInstanceOf(DriverException.class, failed.getCause());
    }

    private void whoeverWaitsIsTold(Driver driver) throws Exception {
        Container container =
                driver.create(live.command("held", "sleep", "1000").build(), Pipes.discard());
        container.start();
        Container created =
                driver.create(live.command("created", "sleep", "1000").build(), Pipes.discard());
        CountDownLatch running = new CountDownLatch(2);
        List<FutureTask<Object>> waiting = new ArrayList<>();
        waiting.add(begin(() -> driver.run(
                live.command("run", "sleep", "1000").build(), Pipes.discard(), process -> running.countDown())));
        waiting.add(begin(() -> driver.exec(
                container.id(),
                live.process("sleep", "1000").build(),
                Pipes.discard(),
                process -> running.countDown())));
        running.await();
        waiting.add(begin(container::await));
        Thread.sleep(50);
        int pid = killShim();
        for (FutureTask<Object> call : waiting) {
            DriverException told = failure(call);
            assertEquals(StandardErrorCode.HELPER_DIED, told.code());
            assertTrue(
                    String.valueOf(told.getMessage())
                            .contains("the helper process caisson-shim (pid " + pid
                                    + ") was killed by SIGKILL; its containers were killed with it"),
                    told.getMessage());
        }
        assertEquals(ContainerState.EXITED, container.state());
        assertInstanceOf(
                Termination.Lost.class, container.exitStatus().orElseThrow().termination());
        assertInstanceOf(Termination.Lost.class, container.await().termination());
        driver.clean(container.id());
        driver.clean(created.id());
        assertEquals("still here\n", live.say("next", "echo still here"));
    }

    @Test
    void tied() throws Exception {
        live = LiveDriver.tied();
        whoeverWaitsIsTold(live.driver());
    }

    @Test
    void lasting() throws Exception {
        live = LiveDriver.lasting();
        whoeverWaitsIsTold(live.driver());
    }

    @Test
    void againAndAgainWhileContainersAreStarted() throws Exception {
        live = LiveDriver.tied();
        Driver driver = live.driver();
        for (int round = 0; round < 10; round++) {
            int number = round;
            List<FutureTask<Object>> runs = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                String name = "r" + number + "-" + i;
                runs.add(begin(() ->
                        driver.run(live.command(name, "sleep", "0.5").build(), Pipes.discard(), StartCallback.NONE)));
            }
            Thread.sleep(3L * round);
            killShim();
            for (FutureTask<Object> run : runs) {
                try {
                    // One that was asked for only afterwards runs at the next shim, to its end.
                    run.get();
                } catch (ExecutionException e) {
                    DriverException told = assertInstanceOf(DriverException.class, e.getCause());
                    assertEquals(StandardErrorCode.HELPER_DIED, told.code(), told.getMessage());
                }
            }
            assertEquals(List.of(), driver.containers());
        }
    }
}
