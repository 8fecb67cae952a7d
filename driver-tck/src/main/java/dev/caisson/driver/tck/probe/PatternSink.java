// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.probe;

import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;

/** A stream that checks against {@link Pattern} what it gets, and that lets its writer wait if told to. Thread-safe. */
public final class PatternSink extends OutputStream {
    private final CountDownLatch gate;
    private volatile long count;
    private volatile long firstWrong = -1;

    private PatternSink(int holds) {
        gate = new CountDownLatch(holds);
    }

    /** Returns one that takes everything at once. */
    public static PatternSink open() {
        return new PatternSink(0);
    }

    /** Returns one whose writer waits until {@link #release}. */
    public static PatternSink blocked() {
        return new PatternSink(1);
    }

    /** Lets the writer go on. */
    public void release() {
        gate.countDown();
    }

    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] buffer, int offset, int length) {
        try {
            gate.await();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
        for (int i = 0; i < length && firstWrong < 0; i++) {
            if (buffer[offset + i] != Pattern.at(count + i)) {
                firstWrong = count + i;
            }
        }
        count += length;
    }

    /** Returns how many bytes it got. */
    public long count() {
        return count;
    }

    /** Returns the position of the first byte that wasn't the right one, -1 if all were. */
    public long firstWrong() {
        return firstWrong;
    }
}
