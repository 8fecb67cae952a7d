// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.PipeEnds;
import dev.caisson.nativedriver.kernel.Poller;
import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class PumpsTest {
    private static final long GIBIBYTE = 1L << 30;

    private final Kernel kernel = new JnrKernel();
    private final Poller poller = new Poller(kernel);
    private final Pumps pumps = new Pumps(kernel, poller);

    @AfterEach
    void stop() {
        poller.close();
    }

    /** So many bytes, always the same and never repeating within a buffer. */
    private static InputStream bytes(long length) {
        byte[] block = new byte[1 << 20];
        new Random(7).nextBytes(block);
        return new InputStream() {
            private long at;

            @Override
            public int read() {
                throw new UnsupportedOperationException("bytes one by one");
            }

            @Override
            public int read(byte[] into, int offset, int wanted) {
                if (at == length) {
                    return -1;
                }
                int start = (int) (at % block.length);
                int count = (int) Math.min(Math.min(wanted, block.length - start), length - at);
                System.arraycopy(block, start, into, offset, count);
                at += count;
                return count;
            }
        };
    }

    private void write(Descriptor to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        kernel.descriptors()
                .write(to, ByteBuffer.allocateDirect(bytes.length).put(bytes).flip());
    }

    @Test
    void aGibibyteGoesInAndOutUnchanged() throws Exception {
        PipeEnds pipe = kernel.descriptors().pipe();
        CheckedInputStream in = new CheckedInputStream(bytes(GIBIBYTE), new CRC32C());
        CheckedOutputStream out = new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32C());
        OutputPump output = pumps.output(pipe.read(), out);
        InputPump input = pumps.input(in, pipe.write());
        output.awaitEnd();
        assertTrue(input.failure().isEmpty());
        assertEquals(in.getChecksum().getValue(), out.getChecksum().getValue());
        assertFalse(pipe.read().isOpen());
        assertFalse(pipe.write().isOpen());
    }

    @Test
    void theLastLineWithoutANewlineArrives() throws Exception {
        PipeEnds pipe = kernel.descriptors().pipe();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        OutputPump pump = pumps.output(pipe.read(), out);
        write(pipe.write(), "one\ntwo");
        pipe.write().close();
        pump.awaitEnd();
        assertEquals("one\ntwo", out.toString(StandardCharsets.UTF_8));
        assertTrue(pump.hasEnded());
    }

    @Test
    void outputIsFlushedWhenTheWriterPauses() throws Exception {
        PipeEnds pipe = kernel.descriptors().pipe();
        CountDownLatch flushed = new CountDownLatch(1);
        OutputStream out = new ByteArrayOutputStream() {
            @Override
            public void flush() {
                if (count > 0) {
                    flushed.countDown();
                }
            }
        };
        try (OutputPump pump = pumps.output(pipe.read(), out)) {
            write(pipe.write(), "prompt> ");
            assertTrue(flushed.await(20, TimeUnit.SECONDS));
            assertFalse(pump.hasEnded());
        }
        pipe.write().close();
    }

    @Test
    void aFailedStreamIsReportedAndTheWriterIsNotHeldUp() throws Exception {
        PipeEnds pipe = kernel.descriptors().pipe();
        OutputStream broken = new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("disk on fire");
            }
        };
        OutputPump pump = pumps.output(pipe.read(), broken);
        InputPump writer = pumps.input(bytes(5 << 20), pipe.write());
        IOException e = assertThrows(IOException.class, pump::awaitEnd);
        assertTrue(e.getMessage().contains("disk on fire"), e.getMessage());
        assertTrue(writer.failure().isEmpty());
        assertFalse(pipe.write().isOpen());
    }

    @Test
    void aStreamThatBlocksHoldsUpNobodyElse() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        List<OutputPump> blocked = new ArrayList<>();
        List<PipeEnds> pipes = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            PipeEnds pipe = kernel.descriptors().pipe();
            pipes.add(pipe);
            blocked.add(pumps.output(pipe.read(), new OutputStream() {
                @Override
                public void write(int b) throws IOException {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        throw new IOException(e);
                    }
                }
            }));
            write(pipe.write(), "x");
        }
        theLastLineWithoutANewlineArrives();
        assertTrue(blocked.stream().noneMatch(OutputPump::hasEnded));
        release.countDown();
        pipes.forEach(pipe -> pipe.write().close());
        for (OutputPump pump : blocked) {
            pump.awaitEnd();
        }
    }

    @Test
    void endsWhenEmptyThoughAnotherHoldsThePipe() throws Exception {
        for (int round = 0; round < 200; round++) {
            PipeEnds pipe = kernel.descriptors().pipe();
            try (Descriptor held = pipe.write()) {
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                OutputPump pump = pumps.output(pipe.read(), out);
                write(held, "before");
                pump.endWhenEmpty();
                pump.awaitEnd();
                assertEquals("before", out.toString(StandardCharsets.UTF_8));
                pump.endWhenEmpty();
            }
        }
    }

    @Test
    void closingAnOutputPumpGivesTheWriterEpipe() {
        PipeEnds pipe = kernel.descriptors().pipe();
        pumps.output(pipe.read(), OutputStream.nullOutputStream()).close();
        assertThrows(KernelException.class, () -> write(pipe.write(), "x"));
        pipe.write().close();
    }

    @Test
    void aProcessThatDoesNotReadIsNoFailure() throws Exception {
        PipeEnds pipe = kernel.descriptors().pipe();
        CountDownLatch closed = new CountDownLatch(1);
        pipe.write().onClose(closed::countDown);
        InputPump pump = pumps.input(bytes(10 << 20), pipe.write());
        pipe.read().close();
        assertTrue(closed.await(20, TimeUnit.SECONDS));
        assertTrue(pump.failure().isEmpty());
    }

    @Test
    void aSourceThatFailsEndsTheInputAndIsReported() throws Exception {
        PipeEnds pipe = kernel.descriptors().pipe();
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("network gone");
            }
        };
        InputPump pump = pumps.input(broken, pipe.write());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pumps.output(pipe.read(), out).awaitEnd();
        assertEquals("network gone", pump.failure().orElseThrow().getMessage());
        assertArrayEquals(new byte[0], out.toByteArray());
    }

    @Test
    void closingAnInputPumpEndsAWaitForItsStream() throws Exception {
        PipeEnds pipe = kernel.descriptors().pipe();
        try (PipedOutputStream keyboard = new PipedOutputStream();
                InputStream typed = new PipedInputStream(keyboard)) {
            InputPump pump = pumps.input(typed, pipe.write());
            keyboard.write('a');
            keyboard.flush();
            poller.awaitReadable(pipe.read());
            pump.close();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            pumps.output(pipe.read(), out).awaitEnd();
            assertEquals("a", out.toString(StandardCharsets.UTF_8));
            assertTrue(pump.failure().isEmpty());
        }
    }

    @Test
    void anEmptyInputEndsAtOnce() throws Exception {
        PipeEnds pipe = kernel.descriptors().pipe();
        pumps.input(new ByteArrayInputStream(new byte[0]), pipe.write());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        pumps.output(pipe.read(), out).awaitEnd();
        assertEquals(0, out.size());
    }
}
