// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static dev.caisson.nativedriver.live.Checkpoints.COUNTER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.RestoreOptions;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.pipes.Pipes;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Writing containers to directories and bringing them back, and what is left where that fails. */
@Timeout(60)
class CheckpointRootTest {
    private LiveDriver live;
    private Checkpoints checkpoints;

    @BeforeEach
    void open() throws Exception {
        live = LiveDriver.tied();
        checkpoints = new Checkpoints(live);
    }

    @AfterEach
    void close() throws Exception {
        live.close();
    }

    @Test
    void aCounterGoesOnCounting() throws Exception {
        Command command = live.shell("counter", COUNTER);
        Lines before = new Lines();
        Container container = checkpoints.start(command, Pipes.combined(before), before);
        live.driver().checkpoint(command.id(), CheckpointOptions.into(checkpoints.images(), false));
        assertEquals(ContainerState.EXITED, container.state());
        assertEquals(
                new Termination.Signalled(Signal.KILL, false), container.await().termination());
        live.driver().clean(command.id());
        Lines after = new Lines();
        Container restored = checkpoints.restore(command, Pipes.combined(after));
        assertEquals(ContainerState.RUNNING, restored.state());
        int next = after.nextNumber();
        assertTrue(next > 3, "it began anew: " + next);
        assertEquals(next + 1, after.nextNumber());
    }

    @Test
    void aCounterGoesOnCountingInANewJvm() throws Exception {
        List<Integer> first = engine("start");
        assertEquals(List.of(1, 2, 3), first);
        List<Integer> second = engine("go-on");
        int next = second.get(0);
        assertTrue(next > 3, "it began anew: " + second);
        assertEquals(List.of(next, next + 1, next + 2), second);
    }

    private List<Integer> engine(String what) throws Exception {
        Process engine = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElseThrow(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Dslf4j.internal.verbosity=ERROR",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CountingEngine.class.getName(),
                        what,
                        live.stateRoot().toString(),
                        live.rootfs().toString(),
                        checkpoints.images().toString(),
                        live.id("jvm").value())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = engine.inputReader(StandardCharsets.UTF_8)) {
            List<Integer> numbers = said.lines().map(Integer::valueOf).toList();
            assertEquals(0, engine.waitFor());
            return numbers;
        }
    }

    @Test
    void aCheckpointCanBeRestoredTwice() throws Exception {
        checkpoints.write(live.shell("first", COUNTER));
        Lines one = new Lines();
        Lines two = new Lines();
        checkpoints.restore(live.shell("one", COUNTER), Pipes.combined(one));
        checkpoints.restore(live.shell("two", COUNTER), Pipes.combined(two));
        assertEquals(one.nextNumber(), two.nextNumber());
    }

    @Test
    void oneThatIsLeftRunningGoesOn() throws Exception {
        Lines lines = new Lines();
        Container container = checkpoints.start(live.shell("left", COUNTER), Pipes.combined(lines), lines);
        live.driver().checkpoint(container.id(), CheckpointOptions.into(checkpoints.images(), true));
        assertEquals(ContainerState.RUNNING, container.state());
        Checkpoints.count(lines, 20);
        live.driver().terminate(container.id());
        live.driver().clean(container.id());
        Lines after = new Lines();
        checkpoints.restore(live.shell("left", COUNTER), Pipes.combined(after));
        assertTrue(after.nextNumber() > 3);
    }

    @Test
    void anOptionThatThisKernelLacksIsRefusedOrDone() throws Exception {
        Lines lines = new Lines();
        Container container = checkpoints.start(live.shell("pre", COUNTER), Pipes.combined(lines), lines);
        CheckpointOptions preDump = new CheckpointOptions(
                checkpoints.images(),
                Optional.empty(),
                Optional.empty(),
                true,
                true,
                false,
                false,
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                false);
        try {
            live.driver().checkpoint(container.id(), preDump);
        } catch (DriverException refusal) {
            assertEquals(StandardErrorCode.KERNEL_LACKS, refusal.code());
        }
        Checkpoints.count(lines, 20);
    }

    @Test
    void aDumpThatFailsLeavesTheContainerAsItWas() throws Exception {
        Lines lines = new Lines();
        Container container =
                checkpoints.start(live.shell("busy", Checkpoints.CONNECTED + COUNTER), Pipes.combined(lines), lines);
        DriverException refusal = assertThrows(
                DriverException.class,
                () -> live.driver().checkpoint(container.id(), CheckpointOptions.into(checkpoints.images(), false)));
        assertEquals(ErrorKind.MACHINE, refusal.kind());
        assertTrue(refusal.getMessage().contains("CRIU failed: "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("tcp-established"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("dump.log"), refusal.getMessage());
        assertEquals(ContainerState.RUNNING, container.state());
        Checkpoints.count(lines, 20);
    }

    @Test
    void oneWithAProcessFromOutsideIsNotWritten() throws Exception {
        Lines lines = new Lines();
        Container container = checkpoints.start(live.shell("exec", COUNTER), Pipes.combined(lines), lines);
        CountDownLatch started = new CountDownLatch(1);
        Thread exec = Thread.ofVirtual().start(() -> {
            StartCallback onStart = process -> started.countDown();
            try {
                live.driver().exec(container.id(), live.process("sleep", "1000").build(), Pipes.discard(), onStart);
            } catch (InterruptedException expected) {
                Thread.currentThread().interrupt();
            }
        });
        started.await();
        CheckpointOptions options = CheckpointOptions.into(checkpoints.images(), false);
        assertRefused(StandardErrorCode.EXEC_RUNNING, () -> live.driver().checkpoint(container.id(), options));
        exec.interrupt();
        exec.join();
        live.driver().checkpoint(container.id(), options);
    }

    @Test
    void aRestoreThatFailsLeavesNothing() throws Exception {
        Command command = live.shell("broken", COUNTER);
        checkpoints.write(command);
        try (Stream<Path> all = Files.list(checkpoints.images())) {
            for (Path core : all.filter(path -> path.getFileName().toString().startsWith("core-"))
                    .toList()) {
                Files.writeString(core, "no image");
            }
        }
        DriverException refusal =
                assertThrows(DriverException.class, () -> checkpoints.restore(command, Pipes.discard()));
        assertTrue(refusal.getMessage().contains("CRIU failed: "), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("restore.log"), refusal.getMessage());
        assertEquals(List.of(), live.driver().containers());
        assertEquals("free", live.say("broken", "echo free").strip());
    }

    @Test
    void anInterruptedRestoreLeavesNothing() throws Exception {
        Command command = live.shell("interrupted", COUNTER);
        checkpoints.write(command);
        for (int round = 0; round < 10; round++) {
            long after = round * 12L;
            Thread restorer = Thread.ofPlatform().start(() -> {
                try {
                    checkpoints.restore(command, Pipes.discard());
                } catch (InterruptedException expected) {
                    Thread.currentThread().interrupt();
                }
            });
            restorer.join(after);
            restorer.interrupt();
            restorer.join();
            live.driver().terminate(command.id());
            live.driver().clean(command.id());
            assertEquals(List.of(), live.driver().containers());
        }
    }

    @Test
    void aContainerMayBeKilledWhileItIsWritten() throws Exception {
        for (int round = 0; round < 10; round++) {
            Lines lines = new Lines();
            Container container = checkpoints.start(live.shell("killed", COUNTER), Pipes.combined(lines), lines);
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    live.driver().checkpoint(container.id(), CheckpointOptions.into(checkpoints.images(), true));
                } catch (DriverException expected) {
                    assertTrue(expected.getMessage().contains("checkpoint"));
                }
            });
            writer.join(1 + round * 20L);
            live.driver().kill(container.id(), Signal.KILL);
            writer.join();
            assertEquals(
                    new Termination.Signalled(Signal.KILL, false),
                    container.await().termination());
            live.driver().clean(container.id());
        }
    }

    @Test
    void onlyARunningContainerIsWritten() throws Exception {
        Container created = live.driver().create(live.shell("created", COUNTER), Pipes.discard());
        CheckpointOptions options = CheckpointOptions.into(checkpoints.images(), false);
        assertRefused(StandardErrorCode.NOT_RUNNING, () -> live.driver().checkpoint(created.id(), options));
        created.start();
        live.driver().pause(created.id());
        assertRefused(StandardErrorCode.PAUSED, () -> live.driver().checkpoint(created.id(), options));
    }

    @Test
    void whatIsInMemoryOnlyIsRefused() throws Exception {
        ProcessConfig sleep = live.process("sleep", "1000").build();
        Command root = Command.builder(live.id("memory"))
                .process(sleep)
                .rootfs(Rootfs.hostCopy())
                .build();
        Command reaper = Command.builder(live.id("reaper"))
                .process(live.process("sleep", "1000").initReaper(true).build())
                .rootfs(Rootfs.directory(live.rootfs()))
                .build();
        for (Command command : List.of(root, reaper)) {
            Container container = live.driver().create(command, Pipes.discard());
            container.start();
            assertRefused(
                    StandardErrorCode.UNSUPPORTED_FIELD,
                    () -> live.driver()
                            .checkpoint(container.id(), CheckpointOptions.into(checkpoints.images(), false)));
            assertEquals(ContainerState.RUNNING, container.state());
        }
    }

    @Test
    void aDirectoryWithoutACheckpointIsRefused() throws Exception {
        Path empty = live.directory("empty");
        Command command = live.shell("none", COUNTER);
        assertRefused(
                StandardErrorCode.INVALID_ARGUMENT,
                () -> live.driver().restore(command, Pipes.discard(), RestoreOptions.from(empty)));
        assertRefused(
                StandardErrorCode.INVALID_ARGUMENT,
                () -> live.driver().restore(command, Pipes.discard(), RestoreOptions.from(empty.resolve("not there"))));
    }

    private interface Action {
        void run() throws InterruptedException;
    }

    private static void assertRefused(StandardErrorCode code, Action action) {
        assertEquals(code, assertThrows(DriverException.class, action::run).code());
    }
}
