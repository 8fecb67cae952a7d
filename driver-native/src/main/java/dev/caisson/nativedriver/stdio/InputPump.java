// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.DescriptorCalls;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.Poller;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries a Java stream to what a process reads. At the stream's end the descriptor is closed, so that the process sees
 * the end of its input; a process that does not read to the end is no failure.
 *
 * <p>A stream that cannot be interrupted, such as the JVM's standard input, keeps its virtual thread until it answers;
 * what it then yields is thrown away.
 */
public final class InputPump implements AutoCloseable {
    /** Until a read fills it: most inputs are a keyboard or nothing at all. */
    private static final int FIRST_SIZE = 1024;

    private final DescriptorCalls descriptors;
    private final Poller poller;
    private final TransferBuffers buffers;
    private final InputStream from;
    private final Descriptor to;
    private final Runnable atEnd;
    private final Thread thread;
    private volatile @Nullable Exception failure;

    InputPump(
            DescriptorCalls descriptors,
            Poller poller,
            TransferBuffers buffers,
            InputStream from,
            Descriptor to,
            Runnable atEnd) {
        this.descriptors = descriptors;
        this.poller = poller;
        this.buffers = buffers;
        this.from = from;
        this.to = to;
        this.atEnd = atEnd;
        this.thread = Thread.ofVirtual().name("caisson-pump-" + to.number()).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            byte[] bytes = new byte[FIRST_SIZE];
            int count;
            while ((count = from.read(bytes)) >= 0 && to.isOpen()) {
                carry(bytes, count);
                if (count == bytes.length && count < TransferBuffers.SIZE) {
                    bytes = new byte[TransferBuffers.SIZE];
                }
            }
            if (count < 0) {
                atEnd.run();
            }
        } catch (KernelException e) {
            // EPIPE: the reader of a pipe is gone; EIO: that of a terminal. Closed: the process has ended.
            if (to.isOpen() && !e.is(Errno.EPIPE, Errno.EIO)) {
                failure = e;
            }
        } catch (InterruptedException | IOException | RuntimeException e) {
            if (to.isOpen()) {
                failure = e;
            }
        } finally {
            to.close();
        }
    }

    private void carry(byte[] bytes, int count) throws InterruptedException {
        if (count == 0) {
            return;
        }
        TransferBuffers.Buffer buffer = buffers.take();
        try {
            ByteBuffer direct = buffer.direct().clear().put(bytes, 0, count).flip();
            while (direct.hasRemaining()) {
                if (descriptors.write(to, direct) == 0) {
                    poller.awaitWritable(to);
                }
            }
        } finally {
            buffers.giveBack(buffer);
        }
    }

    /** Why the stream could not be read to its end or carried over, if so. */
    public Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }

    /** Stops: the process sees the end of its input, if it still lives. */
    @Override
    public void close() {
        to.close();
        thread.interrupt();
    }
}
