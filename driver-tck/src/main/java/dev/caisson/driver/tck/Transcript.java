// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.opentest4j.AssertionFailedError;

/** A stream that keeps what was written and lets others wait for lines of it. Thread-safe. */
public final class Transcript extends OutputStream {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Duration patience;
    private int told;
    private int flushes;
    private boolean closed;

    Transcript(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
        lock.lock();
        try {
            bytes.write(buffer, offset, length);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void flush() {
        lock.lock();
        try {
            flushes++;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** Returns true if someone closed it. */
    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Returns everything so far. */
    public byte[] bytes() {
        lock.lock();
        try {
            return bytes.toByteArray();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the next whole line that nobody was told yet, without its line break; waits for it. */
    public String line() throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (lineEnd() < 0) {
                requireTime(left, "a line");
                left = grown.awaitNanos(left);
            }
            int end = lineEnd();
            String line = new String(bytes.toByteArray(), told, end - told, StandardCharsets.UTF_8);
            told = end + 1;
            return line;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a text, told or not, has been written. */
    public void awaitText(String text) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (!bytes.toString(StandardCharsets.UTF_8).contains(text)) {
                requireTime(left, "\"" + text + "\"");
                left = grown.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private int lineEnd() {
        return bytes.toString(StandardCharsets.ISO_8859_1).indexOf('\n', told);
    }

    private void requireTime(long left, String wanted) {
        if (left <= 0) {
            throw new AssertionFailedError("waited " + patience.toSeconds() + " s in vain for " + wanted + " after: "
                    + bytes.toString(StandardCharsets.UTF_8));
        }
    }

    /** Returns true if a whole line is there that nobody was told yet. Doesn't wait. */
    public boolean hasLine() {
        lock.lock();
        try {
            return lineEnd() >= 0;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how often it was flushed. */
    public int flushes() {
        lock.lock();
        try {
            return flushes;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public String toString() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }
}
