// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.Driver;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.pipes.Pipes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class ManyRootTest {
    private static final int CONTAINERS = 500;

    private static long platformThreads() throws IOException {
        try (Stream<Path> tasks = Files.list(Path.of("/proc/self/task"))) {
            return tasks.count();
        }
    }

    @Test
    void sleepersCostNoThreads() throws Exception {
        try (LiveDriver live = LiveDriver.tied()) {
            Driver driver = live.driver();
            assertEquals("warm\n", live.say("warm", "echo warm"));
            long threads = platformThreads();
            List<Container> containers = new ArrayList<>();
            for (int i = 0; i < CONTAINERS; i++) {
                Container container = driver.create(
                        live.command("s" + i, "sleep", "1000").build(), Pipes.combined(new ByteArrayOutputStream()));
                container.start();
                containers.add(container);
            }
            // The JDK's own carriers of virtual threads may have come.
            assertTrue(
                    platformThreads() <= threads + Runtime.getRuntime().availableProcessors() + 2,
                    threads + " threads before, " + platformThreads() + " with " + CONTAINERS + " containers");
            assertEquals("still quick\n", live.say("one", "echo still quick"));
            containers.forEach(container -> driver.kill(container.id(), Signal.KILL));
            for (Container container : containers) {
                assertEquals(137, container.await().shellCode());
                driver.clean(container.id());
            }
            ExitStatus last = driver.run(live.command("last", "true").build(), Pipes.discard(), StartCallback.NONE);
            assertEquals(0, last.shellCode());
        }
    }

    @Test
    void closingEndsThemAll() throws Exception {
        try (LiveDriver live = LiveDriver.tied()) {
            for (int i = 0; i < 100; i++) {
                live.driver()
                        .create(live.command("s" + i, "sleep", "1000").build(), Pipes.discard())
                        .start();
            }
            live.reopen();
            assertEquals(List.of(), live.driver().containers());
        }
    }
}
