// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.User;
import dev.caisson.driver.pipes.ConsoleSize;
import dev.caisson.driver.pipes.Pipes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ExecRootTest {
    private LiveDriver live;
    private Container container;

    @BeforeEach
    void open() throws Exception {
        live = LiveDriver.tied();
        container = live.driver()
                .create(
                        live.command("a")
                                .process(live.process("sleep", "1000")
                                        .env("COLOUR", "blue")
                                        .cwd(ContainerPath.of("/tmp"))
                                        .user(User.parse("ann"))
                                        .build())
                                .build(),
                        Pipes.discard());
        container.start();
    }

    @AfterEach
    void close() throws Exception {
        live.close();
    }

    private String exec(ProcessConfig process) throws InterruptedException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        live.driver().exec(container.id(), process, Pipes.combined(output), StartCallback.NONE);
        return output.toString();
    }

    @Test
    void hasWhatTheContainersProcessHas() throws Exception {
        assertEquals(
                "blue /tmp 1000\n",
                exec(ProcessConfig.builder("sh", "-c", "echo $COLOUR $(pwd) $(id -u)")
                        .build()));
        assertEquals(
                "red / 0\n",
                exec(ProcessConfig.builder("sh", "-c", "echo $COLOUR $(pwd) $(id -u)")
                        .env("COLOUR", "red")
                        .cwd(ContainerPath.of("/"))
                        .user(User.ROOT)
                        .build()));
    }

    @Test
    void privilegedHasEveryCapability() throws Exception {
        String script = "while read a b; do [ \"$a\" = CapEff: ] && echo $b; done < /proc/self/status";
        String own =
                exec(ProcessConfig.builder("sh", "-c", script).user(User.ROOT).build());
        String privileged = exec(ProcessConfig.builder("sh", "-c", script)
                .user(User.ROOT)
                .privileged(true)
                .build());
        assertEquals("00000000a80425fb\n", own);
        assertTrue(Long.bitCount(Long.parseUnsignedLong(privileged.strip(), 16)) > 30, privileged);
    }

    @Test
    void terminalOfItsOwn() throws Exception {
        ByteArrayOutputStream screen = new ByteArrayOutputStream();
        PipedOutputStream typing = new PipedOutputStream();
        ExecStatus status = live.driver()
                .exec(
                        container.id(),
                        ProcessConfig.builder("sh", "-c", "read x; stty size; echo got $x")
                                .terminal(true)
                                .consoleSize(new ConsoleSize(10, 20))
                                .build(),
                        Pipes.terminal(new PipedInputStream(typing), screen),
                        process -> {
                            process.resize(new ConsoleSize(30, 40));
                            type(typing, "word\n");
                        });
        assertEquals(0, status.shellCode());
        assertTrue(screen.toString().endsWith("30 40\r\ngot word\r\n"), screen.toString());
    }

    private static void type(OutputStream typing, String text) {
        try {
            typing.write(text.getBytes());
            typing.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void childThatGoesOnIsNotWaitedFor() throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ExecStatus status = live.driver()
                .exec(
                        container.id(),
                        ProcessConfig.builder("sh", "-c", "(sleep 1000; echo late) & printf now; exit 4")
                                .build(),
                        Pipes.combined(output),
                        StartCallback.NONE);
        assertEquals(new Termination.Exited(4), status.termination());
        assertEquals("now", output.toString());
    }

    @Test
    void inputIsReadToItsEnd() throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        byte[] input = new byte[3_000_000];
        live.driver()
                .exec(
                        container.id(),
                        ProcessConfig.builder("cat").build(),
                        Pipes.streams(new ByteArrayInputStream(input), output, output),
                        StartCallback.NONE);
        assertEquals(input.length, output.size());
    }

    @Test
    void refusals() {
        LaunchException absent = assertThrows(
                LaunchException.class, () -> exec(ProcessConfig.builder("nix").build()));
        assertEquals(127, absent.exitCode());
        live.driver().pause(container.id());
        assertCode(StandardErrorCode.PAUSED);
        live.driver().unpause(container.id());
        live.driver().terminate(container.id());
        assertCode(StandardErrorCode.NOT_RUNNING);
        live.driver().clean(container.id());
        assertCode(StandardErrorCode.NO_SUCH_CONTAINER);
    }

    private void assertCode(StandardErrorCode code) {
        DriverException refusal = assertThrows(
                DriverException.class, () -> exec(ProcessConfig.builder("true").build()));
        assertEquals(code, refusal.code());
    }

    @Test
    void wrongPipesForItsTerminal() {
        DriverException refusal = assertThrows(
                DriverException.class,
                () -> live.driver()
                        .exec(
                                container.id(),
                                ProcessConfig.builder("true").terminal(true).build(),
                                Pipes.streams(InputStream.nullInputStream(), System.out, System.err),
                                StartCallback.NONE));
        assertEquals(StandardErrorCode.INVALID_ARGUMENT, refusal.code());
        assertEquals(
                List.of(container.id()),
                live.driver().containers().stream().map(Container::id).toList());
    }
}
