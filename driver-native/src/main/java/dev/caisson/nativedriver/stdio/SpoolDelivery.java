// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.DescriptorCalls;
import dev.caisson.nativedriver.shim.Reply;
import dev.caisson.nativedriver.shim.ShimProcess;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Carries an output that the shim appends to a spool file to a Java stream, on a virtual thread that sleeps until the shim
 * says that there is more. What was delivered is told to the shim, which frees it; an engine that comes later goes on there.
 */
final class SpoolDelivery implements Delivery {
    private final DescriptorCalls descriptors;
    private final TransferBuffers buffers;
    private final int stream;
    private final OutputStream to;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Reply.@Nullable Grew grew;
    private @Nullable Exception failure;
    private boolean processEnded;
    private boolean stopped;
    private boolean finished;

    /**
     * @param stream 1 or 2
     * @param to written and flushed, never closed
     */
    SpoolDelivery(DescriptorCalls descriptors, TransferBuffers buffers, int stream, OutputStream to) {
        this.descriptors = descriptors;
        this.buffers = buffers;
        this.stream = stream;
        this.to = to;
    }

    int stream() {
        return stream;
    }

    /**
     * Begins.
     *
     * @param spool open for reading; closed at the end
     * @param consumed bytes delivered already
     */
    void begin(ShimProcess process, Descriptor spool, long consumed) {
        Thread.ofVirtual().name("caisson-spool-" + process.tag() + "-" + stream).start(() -> {
            try (spool) {
                follow(process, spool, consumed);
            } catch (InterruptedException | RuntimeException e) {
                fail(e);
            } finally {
                finish();
            }
        });
    }

    /** The shim has no spool for it. */
    void missing() {
        fail(new IllegalStateException("the helper process keeps no output of stream " + stream));
        finish();
    }

    private void follow(ShimProcess process, Descriptor spool, long consumed) throws InterruptedException {
        long at = consumed;
        boolean more = true;
        while (more) {
            boolean last = forget();
            process.follow(stream, at);
            Reply.Grew news = await(last);
            if (news != null) {
                at = deliver(spool, at, news.size());
                more = !news.ended() && !last;
            } else {
                more = !isStopped();
            }
        }
        process.follow(stream, at);
    }

    /** Makes ready for the next answer; tells whether the process has ended already, so that it is the last one. */
    private boolean forget() {
        lock.lock();
        try {
            grew = null;
            return processEnded;
        } finally {
            lock.unlock();
        }
    }

    /** Returns the answer, or null when it has to be asked for anew, since the process has ended meanwhile, or to stop. */
    private Reply.@Nullable Grew await(boolean last) throws InterruptedException {
        lock.lock();
        try {
            while (grew == null && !stopped && (last || !processEnded)) {
                changed.await();
            }
            return stopped ? null : grew;
        } finally {
            lock.unlock();
        }
    }

    private boolean isStopped() {
        lock.lock();
        try {
            return stopped;
        } finally {
            lock.unlock();
        }
    }

    private long deliver(Descriptor spool, long from, long size) {
        long at = from;
        TransferBuffers.Buffer buffer = buffers.take();
        try {
            while (at < size && !isStopped()) {
                buffer.direct().clear().limit((int) Math.min(size - at, TransferBuffers.SIZE));
                int count = descriptors.readAt(spool, buffer.direct(), at);
                if (count <= 0) {
                    throw new IllegalStateException(
                            "the spool ends at " + at + ", before the " + size + " that were told");
                }
                buffer.direct().flip().get(buffer.array(), 0, count);
                write(buffer.array(), count);
                at += count;
            }
        } finally {
            buffers.giveBack(buffer);
        }
        return at;
    }

    private void write(byte[] bytes, int count) {
        if (failure != null) {
            return;
        }
        try {
            to.write(bytes, 0, count);
            to.flush();
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void fail(Exception e) {
        lock.lock();
        try {
            if (failure == null && !stopped) {
                failure = e;
            }
        } finally {
            lock.unlock();
        }
    }

    private void finish() {
        lock.lock();
        try {
            finished = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes what the shim says. Doesn't block. */
    void grew(Reply.Grew news) {
        lock.lock();
        try {
            grew = news;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void endWhenEmpty() {
        lock.lock();
        try {
            processEnded = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void awaitEnd() throws InterruptedException, IOException {
        lock.lock();
        try {
            while (!finished) {
                changed.await();
            }
            Exception reason = failure;
            if (reason != null) {
                throw new IOException("The output could not be delivered: " + reason.getMessage(), reason);
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until, after {@link #close}, the stream is written to no more and the shim knows how much of the spool it was
     * given: the next engine begins there.
     *
     * @param mostNanos for a stream that doesn't take what it is given; that is delivered again, then
     */
    void awaitStopped(long mostNanos) throws InterruptedException {
        long left = mostNanos;
        lock.lock();
        try {
            while (!finished && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Stops; what is not delivered stays in the spool. Doesn't block. */
    @Override
    public void close() {
        lock.lock();
        try {
            stopped = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
