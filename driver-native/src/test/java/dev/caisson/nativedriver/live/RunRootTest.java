// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Subscription;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.resources.ByteSize;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(180)
class RunRootTest {
    private static final long GIBIBYTE = 1L << 30;

    private LiveDriver live;

    @BeforeEach
    void open() throws Exception {
        live = LiveDriver.tied();
    }

    @AfterEach
    void close() throws Exception {
        live.close();
    }

    @Test
    void outputAndExitCode() throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ExitStatus status = live.run("a", "echo one; echo two >&2; printf last; exit 3", output);
        assertEquals("one\ntwo\nlast", output.toString());
        assertEquals(new Termination.Exited(3), status.termination());
        assertTrue(!status.startedAt().isAfter(status.finishedAt()));
    }

    @ParameterizedTest
    @CsvSource({"1, 1 KiB", "32, 32 KiB"})
    void aMemoryLimitTooSmallToStartIsNamed(long kib, String limit) throws Exception {
        Command command = live.command("a", "true")
                .resources(limits -> limits.memory(ByteSize.ofKib(kib)))
                .build();
        LaunchException failure = assertThrows(
                LaunchException.class, () -> live.driver().run(command, Pipes.discard(), StartCallback.NONE));
        assertTrue(
                failure.getMessage()
                        .contains("the memory limit of " + limit + " is too small for the container to start"),
                failure.getMessage());
        assertTrue(failure.getMessage().endsWith("give at least 1 MiB, and what its program needs"));
        assertThrows(LaunchException.class, () -> live.driver().create(command, Pipes.discard()));
        assertEquals(List.of(), live.driver().containers());
    }

    @Test
    void hostCopyIsThrownAway() throws Exception {
        Path trace = Path.of("/etc/caisson-was-here");
        ExitStatus status = live.driver()
                .run(
                        live.command("a", "sh", "-c", "echo x > " + trace + " && cat " + trace)
                                .rootfs(Rootfs.hostCopy())
                                .build(),
                        Pipes.discard(),
                        StartCallback.NONE);
        assertEquals(0, status.shellCode());
        assertTrue(Files.notExists(trace));
    }

    @Test
    void gibibyteBothWays() throws Exception {
        byte[] block = new byte[1 << 20];
        new Random(5).nextBytes(block);
        CRC32C sent = new CRC32C();
        CRC32C received = new CRC32C();
        InputStream input = new CheckedInputStream(new Repeated(block, GIBIBYTE), sent);
        OutputStream output = new CheckedOutputStream(OutputStream.nullOutputStream(), received);
        ExitStatus status = live.driver()
                .run(
                        live.command("cat", "cat").build(),
                        Pipes.streams(input, output, OutputStream.nullOutputStream()),
                        StartCallback.NONE);
        assertEquals(0, status.shellCode());
        assertEquals(sent.getValue(), received.getValue());
    }

    /** A block again and again up to a length. */
    private static final class Repeated extends InputStream {
        private final byte[] block;
        private long left;

        Repeated(byte[] block, long length) {
            this.block = block;
            this.left = length;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("bytes one by one");
        }

        @Override
        public int read(byte[] into, int offset, int wanted) {
            if (left == 0) {
                return -1;
            }
            int at = (int) (-left & (block.length - 1));
            int count = (int) Math.min(Math.min(wanted, block.length - at), left);
            System.arraycopy(block, at, into, offset, count);
            left -= count;
            return count;
        }
    }

    private LaunchException refused(String name, String... args) {
        return assertThrows(
                LaunchException.class,
                () -> live.driver().run(live.command(name, args).build(), Pipes.discard(), StartCallback.NONE));
    }

    @Test
    void commandNotFound() {
        LaunchException refusal = refused("a", "nix");
        assertEquals(127, refusal.exitCode());
        assertEquals(StandardErrorCode.COMMAND_NOT_FOUND, refusal.code());
        assertEquals("exec", refusal.phase());
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("exec: \"nix\": executable file not found in $PATH"),
                refusal.getMessage());
        assertTrue(
                String.valueOf(refused("b", "/bin/nix").getMessage())
                        .contains("exec: \"/bin/nix\": no such file or directory"),
                "by path");
    }

    @Test
    void commandNotExecutable() throws Exception {
        Files.writeString(live.rootfs().resolve("bin/text"), "text\n");
        LaunchException refusal = refused("a", "/bin/text");
        assertEquals(126, refusal.exitCode());
        assertEquals(StandardErrorCode.COMMAND_NOT_EXECUTABLE, refusal.code());
        assertTrue(
                String.valueOf(refusal.getMessage()).contains("exec: \"/bin/text\": permission denied"),
                refusal.getMessage());
        assertEquals(126, refused("b", "/etc").exitCode());
    }

    @Test
    void argumentsTooLong() {
        InvalidCommandException refusal = assertThrows(
                InvalidCommandException.class,
                () -> live.driver()
                        .run(
                                live.command("a", "true", "x".repeat(200_000)).build(),
                                Pipes.discard(),
                                StartCallback.NONE));
        assertEquals("process.args[1]", refusal.mistakes().get(0).path());
    }

    @Test
    void memoryLimitKillsAndSaysSo() throws Exception {
        List<ContainerEvent> events = new CopyOnWriteArrayList<>();
        CountDownLatch cleaned = new CountDownLatch(1);
        Subscription subscription = live.driver().subscribe(event -> {
            events.add(event);
            if (event instanceof ContainerEvent.Cleaned) {
                cleaned.countDown();
            }
        });
        try {
            ExitStatus status = live.driver()
                    .run(
                            live.command("oom", "sh", "-c", "x=$(head -c 200m /dev/zero | tr '\\0' a)")
                                    .resources(limits -> limits.memory(ByteSize.ofMib(32)))
                                    .build(),
                            Pipes.discard(),
                            StartCallback.NONE);
            assertTrue(status.oomKilled(), status.toString());
            assertEquals(137, status.shellCode());
            assertEquals(32L << 20, status.usage().memoryPeak().getAsLong());
            assertTrue(cleaned.await(20, TimeUnit.SECONDS));
        } finally {
            subscription.close();
        }
        List<Class<?>> kinds = new ArrayList<>();
        events.forEach(event -> kinds.add(event.getClass()));
        assertEquals(
                List.of(
                        ContainerEvent.Started.class,
                        ContainerEvent.OomKilled.class,
                        ContainerEvent.Exited.class,
                        ContainerEvent.Cleaned.class),
                kinds);
        assertEquals(1, ((ContainerEvent.OomKilled) events.get(1)).kills());
    }

    @Test
    void idIsTakenWhileItRuns() throws Exception {
        live.driver().run(live.command("a", "sleep", "100").build(), Pipes.discard(), process -> {
            DriverException taken = assertThrows(
                    DriverException.class,
                    () -> live.driver().run(live.command("a", "true").build(), Pipes.discard(), StartCallback.NONE));
            assertEquals(StandardErrorCode.ID_TAKEN, taken.code());
            process.signal(Signal.KILL);
        });
        assertEquals("again\n", live.say("a", "echo again"));
    }

    @Test
    void outputOfManyAtOnceArrivesWhole() throws Exception {
        List<Thread> threads = new ArrayList<>();
        List<ByteArrayOutputStream> outputs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int number = i;
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            outputs.add(output);
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    live.run("n" + number, "head -c 300000 /dev/zero | tr '\\0' " + (char) ('a' + number), output);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (int i = 0; i < 20; i++) {
            threads.get(i).join();
            byte[] expected = String.valueOf((char) ('a' + i)).repeat(300_000).getBytes();
            assertArrayEquals(expected, outputs.get(i).toByteArray());
        }
    }
}
