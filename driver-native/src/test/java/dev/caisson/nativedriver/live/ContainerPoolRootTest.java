// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.pool.ContainerPool;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ContainerPoolRootTest {
    private final AtomicInteger number = new AtomicInteger();
    private LiveDriver live;

    @BeforeEach
    void open() throws Exception {
        live = LiveDriver.tied();
    }

    @AfterEach
    void close() throws Exception {
        live.close();
    }

    private Supplier<Command> template(String... program) {
        return () -> {
            String next = Integer.toString(number.incrementAndGet());
            return live.command("pooled" + next)
                    .process(live.process(program).env("NUMBER", next).build())
                    .build();
        };
    }

    private static String run(ContainerPool pool, String input) throws InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ExitStatus status =
                pool.run(new ByteArrayInputStream(input.getBytes()), output, OutputStream.nullOutputStream());
        assertEquals(0, status.shellCode());
        return output.toString();
    }

    @Test
    void eachStartHasAContainerAndStreamsOfItsOwn() throws Exception {
        try (ContainerPool pool =
                ContainerPool.fill(live.driver(), template("sh", "-c", "read word; echo $NUMBER $word"), 2)) {
            assertEquals(2, pool.ready());
            Set<String> numbers = new HashSet<>();
            for (String word : List.of("one", "two", "three", "four")) {
                String line = run(pool, word + "\n");
                assertEquals(word, line.strip().split(" ")[1]);
                numbers.add(line.split(" ")[0]);
            }
            assertEquals(4, numbers.size(), numbers::toString);
        }
        assertEquals(List.of(), live.driver().containers());
    }

    @Test
    void moreMayComeThanAreReady() throws Exception {
        try (ContainerPool pool = ContainerPool.fill(live.driver(), template("cat"), 1);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String word = "word" + i;
                running.add(callers.submit(() -> run(pool, word)));
            }
            for (int i = 0; i < 8; i++) {
                assertEquals("word" + i, running.get(i).get());
            }
        }
        assertEquals(List.of(), live.driver().containers());
    }

    @Test
    void oneThatDiedWaitingIsPassedOver() throws Exception {
        try (ContainerPool pool = ContainerPool.fill(live.driver(), template("sh", "-c", "echo alive"), 1)) {
            Container waiting = live.driver().containers().get(0);
            assertEquals(ContainerState.CREATED, waiting.state());
            live.driver().terminate(waiting.id());
            assertEquals("alive\n", run(pool, ""));
        }
    }

    @Test
    void aProgramThatIsNotThereIsToldWhenThePoolIsFilled() {
        LaunchException missing = assertThrows(
                LaunchException.class, () -> ContainerPool.fill(live.driver(), template("/no/such/program"), 2));
        assertEquals(127, missing.exitCode());
        assertEquals(List.of(), live.driver().containers());
    }

    @Test
    void aClosedOneStartsNothing() throws Exception {
        ContainerPool pool = ContainerPool.fill(live.driver(), template("true"), 3);
        pool.close();
        pool.close();
        assertEquals(List.of(), live.driver().containers());
        DriverException closed = assertThrows(
                DriverException.class,
                () -> pool.start(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream()));
        assertEquals(StandardErrorCode.DRIVER_CLOSED, closed.code());
        assertThrows(IllegalArgumentException.class, () -> ContainerPool.fill(live.driver(), template("true"), 0));
    }
}
