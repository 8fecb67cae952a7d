// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Bytes from a writer to a reader, at most so many at one time, as pipe(7). Thread-safe. */
final class BoundedPipe {
    private static final int CAPACITY = 65536;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final byte[] ring = new byte[CAPACITY];
    private int start;
    private int length;
    private boolean writerClosed;
    private boolean readerClosed;

    /** Writes everything; what nobody will read is dropped. */
    void write(byte[] bytes, int offset, int count) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            int done = 0;
            while (done < count && !readerClosed) {
                if (length == CAPACITY) {
                    changed.await();
                    continue;
                }
                int end = (start + length) % CAPACITY;
                int part = Math.min(count - done, Math.min(CAPACITY - length, CAPACITY - end));
                System.arraycopy(bytes, offset + done, ring, end, part);
                length += part;
                done += part;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Reads at least one byte, or returns -1 at the end. */
    int read(byte[] buffer) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (length == 0 && !writerClosed && !readerClosed) {
                changed.await();
            }
            if (length == 0 || readerClosed) {
                return -1;
            }
            int part = Math.min(buffer.length, Math.min(length, CAPACITY - start));
            System.arraycopy(ring, start, buffer, 0, part);
            start = (start + part) % CAPACITY;
            length -= part;
            changed.signalAll();
            return part;
        } finally {
            lock.unlock();
        }
    }

    boolean isUnread() {
        lock.lock();
        try {
            return readerClosed;
        } finally {
            lock.unlock();
        }
    }

    boolean isEmpty() {
        lock.lock();
        try {
            return length == 0;
        } finally {
            lock.unlock();
        }
    }

    void closeWriter() {
        lock.lock();
        try {
            writerClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void closeReader() {
        lock.lock();
        try {
            readerClosed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
