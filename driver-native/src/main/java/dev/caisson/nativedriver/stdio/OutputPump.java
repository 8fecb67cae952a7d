// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.DescriptorCalls;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.Poller;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Carries what a process writes to a Java stream, and loses nothing before the end.
 *
 * <p>A stream that blocks blocks its own pump and, once the pipe is full, the process that writes. A stream that fails is
 * not written to again, but the pipe is emptied all the same: the process must not wait for ever for a reader that left.
 * The failure is told by {@link #awaitEnd}.
 */
public final class OutputPump implements Delivery, AutoCloseable {
    private static final int END = -1;

    /** A pipe that was found full so often is made wider, so that writer and reader wake each other less often. */
    private static final int FULL_OFTEN = 8;

    /** What an ordinary user may ask for (/proc/sys/fs/pipe-max-size). */
    private static final int WIDE = 1 << 20;

    private final DescriptorCalls descriptors;
    private final Poller poller;
    private final TransferBuffers buffers;
    private final Descriptor from;
    private final OutputStream to;
    private final CountDownLatch ended = new CountDownLatch(1);
    private int foundFull;
    private volatile boolean endWhenEmpty;
    private volatile @Nullable Exception failure;

    OutputPump(DescriptorCalls descriptors, Poller poller, TransferBuffers buffers, Descriptor from, OutputStream to) {
        this.descriptors = descriptors;
        this.poller = poller;
        this.buffers = buffers;
        this.from = from;
        this.to = to;
    }

    void start() {
        Thread.ofVirtual().name("caisson-pump-" + from.number()).start(this::run);
    }

    private void run() {
        try {
            boolean last;
            boolean more;
            do {
                // Read before the pipe is emptied: what is written before the flag is set is carried.
                last = endWhenEmpty;
                if (!last) {
                    poller.awaitReadable(from);
                }
                more = carryWhatIsThere();
            } while (more && !last);
        } catch (KernelException e) {
            if (from.isOpen()) {
                fail(e);
            }
        } catch (InterruptedException | RuntimeException e) {
            fail(e);
        } finally {
            from.close();
            ended.countDown();
        }
    }

    /** Whether there may be more later. */
    private boolean carryWhatIsThere() {
        TransferBuffers.Buffer buffer = buffers.take();
        try {
            int count;
            while ((count = read(buffer)) > 0) {
                buffer.direct().flip().get(buffer.array(), 0, count);
                deliver(buffer.array(), count);
                if (count == TransferBuffers.SIZE && ++foundFull == FULL_OFTEN) {
                    widen();
                }
            }
            flush();
            return count != END;
        } finally {
            buffers.giveBack(buffer);
        }
    }

    private int read(TransferBuffers.Buffer buffer) {
        try {
            return descriptors.read(from, buffer.direct().clear());
        } catch (KernelException e) {
            // The master of a terminal whose last user has gone answers EIO where a pipe answers "end" (pty(7)).
            if (e.is(Errno.EIO)) {
                return END;
            }
            throw e;
        }
    }

    private void widen() {
        try {
            descriptors.setPipeCapacity(from, WIDE);
        } catch (KernelException e) {
            // EBADF: a terminal. EPERM, EBUSY: this user has as much as he may. It goes on as it is.
            if (!e.is(Errno.EBADF, Errno.EPERM, Errno.EBUSY, Errno.EINVAL)) {
                throw e;
            }
        }
    }

    private void deliver(byte[] bytes, int count) {
        if (failure != null) {
            return;
        }
        try {
            to.write(bytes, 0, count);
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void flush() {
        if (failure != null) {
            return;
        }
        try {
            to.flush();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void fail(Exception e) {
        if (failure == null) {
            failure = e;
        }
    }

    /**
     * Ends the pump once all that was written so far is delivered, even though somebody still holds the other end: a
     * background process that outlives the one that was asked for.
     */
    @Override
    public void endWhenEmpty() {
        endWhenEmpty = true;
        try {
            poller.wakeReader(from);
        } catch (KernelException e) {
            // It has ended meanwhile, which is what was wanted.
            if (from.isOpen()) {
                throw e;
            }
        }
    }

    /**
     * Waits until all that was written is delivered and the other end is closed.
     *
     * @throws IOException when the stream failed; what came afterwards was thrown away
     */
    @Override
    public void awaitEnd() throws InterruptedException, IOException {
        ended.await();
        Exception reason = failure;
        if (reason != null) {
            throw new IOException("The output could not be delivered: " + reason.getMessage(), reason);
        }
    }

    /** Whether everything has been delivered. */
    public boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /** Gives up at once: what is not delivered is lost, and a process that goes on writing gets EPIPE. */
    @Override
    public void close() {
        from.close();
    }
}
