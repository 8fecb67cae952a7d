// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.alternate;
import static dev.caisson.driver.tck.probe.Steps.closeInput;
import static dev.caisson.driver.tck.probe.Steps.complain;
import static dev.caisson.driver.tck.probe.Steps.copy;
import static dev.caisson.driver.tck.probe.Steps.count;
import static dev.caisson.driver.tck.probe.Steps.echo;
import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.produce;
import static dev.caisson.driver.tck.probe.Steps.readLine;
import static dev.caisson.driver.tck.probe.Steps.say;
import static dev.caisson.driver.tck.probe.Steps.spawn;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.Termination;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Outcome;
import dev.caisson.driver.tck.Transcript;
import dev.caisson.driver.tck.probe.PatternSink;
import dev.caisson.driver.tck.probe.PatternSource;
import java.io.BufferedOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Standard streams that are Java streams. */
public interface StreamBehaviours {
    @Test
    default void outputAndErrorsArriveApart(Kit kit) throws Exception {
        Outcome outcome = kit.run(kit.command(line("to out"), complain("to err"), line("out again")))
                .ended(0);
        assertEquals("to out\nout again\n", outcome.text());
        assertEquals("to err\n", outcome.errors());
    }

    @Test
    default void theLastLineArrivesWithoutItsNewline(Kit kit) throws Exception {
        assertEquals("a\nb", kit.run(kit.command(say("a\nb"))).succeeded().text());
    }

    @Test
    default void bytesArriveAsTheyAre(Kit kit) throws Exception {
        byte[] all = new byte[256];
        IntStream.range(0, all.length).forEach(i -> all[i] = (byte) i);
        assertArrayEquals(all, kit.run(kit.command(copy()), all).succeeded().out());
    }

    @Test
    default void everyByteArrivesBeforeRunReturns(Kit kit) throws Exception {
        PatternSink sink = PatternSink.open();
        kit.driver().run(kit.command(produce(kit.volume())).build(), Pipes.output(sink, sink), process -> {});
        assertEquals(kit.volume(), sink.count(), "bytes that arrived");
        assertEquals(-1, sink.firstWrong(), "position of the first wrong byte");
    }

    /** What fits into a pipe is written and its writer ended long before somebody reads it. */
    @Test
    default void runReturnsAfterItsReaders(Kit kit) throws Exception {
        PatternSink blocked = PatternSink.blocked();
        Live<ExitStatus> unread =
                kit.launch(kit.command(produce(1000)), Pipes.output(blocked, OutputStream.nullOutputStream()));
        try {
            for (int round = 0; round < 3; round++) {
                kit.launch(kit.command(line("meanwhile"))).says("meanwhile").await();
            }
            assertFalse(unread.hasEnded(), "it returned although nobody had taken its output");
        } finally {
            blocked.release();
        }
        assertEquals(new Termination.Exited(0), unread.await().termination());
        assertEquals(1000, blocked.count(), "bytes that arrived");
    }

    @Test
    default void outputArrivesWhileTheProcessRuns(Kit kit) throws Exception {
        Transcript out = kit.transcript();
        BufferedOutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        Live<ExitStatus> live = kit.launch(kit.command(line("early"), hold()), Pipes.output(buffered, out));
        assertEquals("early", out.line(), "what is flushed when the process pauses");
        live.close();
    }

    @Test
    default void aBlockedReaderSlowsItsOwnContainerAlone(Kit kit) throws Exception {
        PatternSink blocked = PatternSink.blocked();
        Live<ExitStatus> slow =
                kit.launch(kit.command(produce(1 << 20)), Pipes.output(blocked, OutputStream.nullOutputStream()));
        try {
            for (int round = 0; round < 3; round++) {
                kit.launch(kit.command(line("quick"))).says("quick").await();
            }
            assertFalse(slow.hasEnded(), "it ended although nobody read its output");
        } finally {
            blocked.release();
        }
        assertEquals(new Termination.Exited(0), slow.await().termination());
        assertEquals(1 << 20, blocked.count(), "bytes that arrived");
        assertEquals(-1, blocked.firstWrong(), "position of the first wrong byte");
    }

    @Test
    default void inputOfAnySizeArrives(Kit kit) throws Exception {
        PatternSink sink = PatternSink.open();
        Transcript err = kit.transcript();
        kit.driver()
                .run(
                        kit.command(copy()).build(),
                        Pipes.streams(new PatternSource(kit.volume()), sink, err),
                        process -> {});
        assertEquals(kit.volume(), sink.count(), "bytes that came back");
        assertEquals(-1, sink.firstWrong(), "position of the first wrong byte");
        assertEquals("", err.toString());
    }

    @Test
    default void theEndOfInputIsSeenAndOutputGoesOn(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(echo(), line("after the end"), produce(1 << 18)));
        live.input().line("first");
        live.says("heard first");
        live.input().line("second");
        live.input().end();
        live.says("heard second").says("after the end");
        live.await();
        assertEquals(
                "heard first\nheard second\nafter the end\n".length() + (1 << 18),
                live.out().bytes().length);
    }

    @Test
    default void emptyInputEndsAtOnce(Kit kit) throws Exception {
        assertEquals("0", kit.answer(kit.command(count())));
    }

    @Test
    default void aProcessMayLeaveItsInputUnread(Kit kit) throws Exception {
        Transcript out = kit.transcript();
        ExitStatus unread = kit.driver()
                .run(
                        kit.command(line("done")).build(),
                        Pipes.streams(new PatternSource(1 << 20), out, out),
                        process -> {});
        assertEquals(new Termination.Exited(0), unread.termination());
        ExitStatus closed = kit.driver()
                .run(
                        kit.command(closeInput(), line("closed")).build(),
                        Pipes.streams(new PatternSource(1 << 20), out, out),
                        process -> {});
        assertEquals(new Termination.Exited(0), closed.termination());
        assertEquals("done\nclosed\n", out.toString());
    }

    @Test
    default void inputThatNeverEndsDoesNotKeepRun(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(readLine()));
        live.input().line("enough");
        assertEquals(new Termination.Exited(0), live.await().termination());
    }

    @Test
    default void errorsOnTheSameStreamKeepTheirOrder(Kit kit) throws Exception {
        Transcript both = kit.transcript();
        kit.driver().run(kit.command(alternate(200)).build(), Pipes.combined(both), process -> {});
        String expected = IntStream.rangeClosed(1, 200)
                .mapToObj(turn -> "out " + turn + "\nerr " + turn + "\n")
                .collect(Collectors.joining());
        assertEquals(expected, both.toString());
    }

    @Test
    default void streamsAreNotClosed(Kit kit) throws Exception {
        Transcript out = kit.transcript();
        Transcript err = kit.transcript();
        boolean[] closed = new boolean[1];
        InputStream input = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        kit.driver().run(kit.command(line("x")).build(), Pipes.streams(input, out, err), process -> {});
        assertFalse(out.isClosed(), "standard output was closed");
        assertFalse(err.isClosed(), "standard error was closed");
        assertFalse(closed[0], "standard input was closed");
    }

    @Test
    default void aFailingOutputStreamIsReportedAfterTheEnd(Kit kit) {
        OutputStream failing = new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                throw new IOException("no more room");
            }
        };
        Transcript err = kit.transcript();
        DriverException failure = Kit.assertRefused(
                StandardErrorCode.STREAM_FAILED,
                () -> kit.driver()
                        .run(
                                kit.command(produce(1 << 20), complain("to the end"))
                                        .build(),
                                Pipes.output(failing, err),
                                process -> {}));
        assertTrue(
                failure.toString().contains("no more room")
                        || String.valueOf(failure.getCause()).contains("no more room"),
                () -> "the stream's own reason in: " + failure);
    }

    @Test
    default void aFailingInputStreamIsReportedAfterTheEnd(Kit kit) {
        InputStream failing = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read() throws IOException {
                throw new IOException("cannot be read");
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                throw new IOException("cannot be read");
            }
        };
        Transcript out = kit.transcript();
        Kit.assertRefused(
                StandardErrorCode.STREAM_FAILED,
                () -> kit.driver()
                        .run(
                                kit.command(count(), line("to the end")).build(),
                                Pipes.streams(failing, out, out),
                                process -> {}));
        assertEquals("0\nto the end\n", out.toString());
    }

    @Test
    default void whatIsLeftRunningEndsWithTheContainer(Kit kit) throws Exception {
        Transcript out = kit.transcript();
        ExitStatus status = kit.driver()
                .run(kit.command(spawn(), line("parent ends"), exit(3)).build(), Pipes.combined(out), process -> {});
        assertEquals(new Termination.Exited(3), status.termination());
        assertTrue(out.toString().contains("parent ends\n"), out::toString);
    }
}
