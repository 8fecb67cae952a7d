// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.ConsoleSize;
import dev.caisson.driver.pipes.Pipes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LastingRootTest {
    private LiveDriver live;

    @BeforeEach
    void open() throws Exception {
        live = LiveDriver.lasting();
    }

    @AfterEach
    void close() throws Exception {
        live.close();
    }

    /** Counts down when a text has come. */
    private static final class Expecting extends ByteArrayOutputStream {
        private final String expected;
        private final CountDownLatch come = new CountDownLatch(1);

        Expecting(String expected) {
            this.expected = expected;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (toString().contains(expected)) {
                come.countDown();
            }
        }

        void await() throws InterruptedException {
            assertTrue(come.await(20, TimeUnit.SECONDS), () -> "only this came: " + this);
        }
    }

    private Container only() {
        List<Container> recovered = live.driver().recover();
        assertEquals(1, recovered.size(), recovered::toString);
        return recovered.get(0);
    }

    @Test
    void runsAsATiedOneDoes() throws Exception {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        ExitStatus status = live.run("a", "echo one; printf two; exit 5", output);
        assertEquals("one\ntwo", output.toString());
        assertEquals(5, status.shellCode());
        assertEquals(List.of(), live.driver().containers());
    }

    @Test
    void inputReachesItsEnd() throws Exception {
        byte[] input = new byte[5_000_000];
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        live.driver()
                .run(
                        live.command("a", "cat").build(),
                        Pipes.streams(new ByteArrayInputStream(input), output, output),
                        StartCallback.NONE);
        assertEquals(input.length, output.size());
    }

    @Test
    void runningContainerIsTakenOver() throws Exception {
        Command command = live.shell("a", "echo begin; while read word; do echo got $word; done; echo end; exit 6");
        Expecting first = new Expecting("got one");
        PipedOutputStream typing = new PipedOutputStream();
        Container container = live.driver()
                .create(command, Pipes.streams(new PipedInputStream(typing), first, OutputStream.nullOutputStream()));
        container.start();
        ProcessIdentity init = container.init();
        typing.write("one\n".getBytes());
        typing.flush();
        first.await();

        live.reopen();
        Container taken = only();
        assertEquals(ContainerState.RUNNING, taken.state());
        assertEquals(init, taken.init());
        assertEquals(command, taken.command());
        Expecting second = new Expecting("end");
        taken.attach(Pipes.streams(
                new ByteArrayInputStream("two\nthree\n".getBytes()), second, OutputStream.nullOutputStream()));
        assertEquals(6, taken.await().shellCode());
        assertEquals("begin\ngot one\ngot two\ngot three\nend\n", first.toString() + second);
        DriverException twice = assertThrows(DriverException.class, () -> taken.attach(Pipes.discard()));
        assertEquals(StandardErrorCode.STREAMS_CONNECTED, twice.code());
        live.driver().clean(taken.id());
        assertEquals(List.of(), live.driver().recover());
    }

    @Test
    void whatEndedMeanwhileIsKept() throws Exception {
        ByteArrayOutputStream before = new ByteArrayOutputStream();
        Container container = live.driver()
                .create(
                        live.shell("a", "sleep 0.3; head -c 2000000 /dev/zero | tr '\\0' x; exit 9"),
                        Pipes.combined(before));
        container.start();
        live.driver().close();
        Thread.sleep(1500);
        live.openAgain();
        Container taken = only();
        assertEquals(ContainerState.EXITED, taken.state());
        assertEquals(9, taken.exitStatus().orElseThrow().shellCode());
        ByteArrayOutputStream after = new ByteArrayOutputStream();
        taken.attach(Pipes.combined(after));
        assertEquals(9, taken.await().shellCode());
        assertEquals(2_000_000, before.size() + after.size());
    }

    @Test
    void terminalIsTakenOver() throws Exception {
        Expecting first = new Expecting("ready");
        Command command = live.command("a")
                .process(live.process("sh", "-c", "echo ready; read word; stty size; echo got $word")
                        .terminal(true)
                        .build())
                .build();
        Container container = live.driver().create(command, Pipes.terminal(InputStream.nullInputStream(), first));
        container.start();
        first.await();

        live.reopen();
        Container taken = only();
        Expecting second = new Expecting("got");
        PipedOutputStream typing = new PipedOutputStream();
        taken.attach(Pipes.terminal(new PipedInputStream(typing), second));
        while (!resized(taken)) {
            Thread.onSpinWait();
        }
        typing.write("word\n".getBytes());
        typing.flush();
        assertEquals(0, taken.await().shellCode());
        assertTrue(second.toString().contains("33 44\r\ngot word\r\n"), second.toString());
    }

    /** The terminal comes a moment after the attachment. */
    private static boolean resized(Container container) {
        try {
            container.process().resize(new ConsoleSize(33, 44));
            return true;
        } catch (DriverException e) {
            return false;
        }
    }

    @Test
    void createdAndPausedAreTakenOver() throws Exception {
        Container created = live.driver().create(live.command("a", "true").build(), Pipes.discard());
        Container paused =
                live.driver().create(live.command("b", "sleep", "1000").build(), Pipes.discard());
        paused.start();
        live.driver().pause(paused.id());
        Driver driver = live.reopen();
        assertEquals(
                List.of(ContainerState.CREATED, ContainerState.PAUSED),
                driver.recover().stream().map(Container::state).toList());
        Container again = driver.container(created.id());
        again.start();
        assertEquals(0, again.await().shellCode());
        driver.unpause(paused.id());
        assertEquals(ContainerState.RUNNING, driver.container(paused.id()).state());
        assertEquals(
                0,
                driver.exec(paused.id(), live.process("true").build(), Pipes.discard(), StartCallback.NONE)
                        .shellCode());
    }

    @Test
    void stateRootHasOneEngine() throws IOException {
        DriverException taken = assertThrows(DriverException.class, live::openAgain);
        assertEquals(StandardErrorCode.STATE_ROOT_TAKEN, taken.code(), taken.getMessage());
    }
}
