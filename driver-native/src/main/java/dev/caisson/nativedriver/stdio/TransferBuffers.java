// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Buffers lent to pumps while they have something to carry: a stream that is silent holds none, however many there are.
 */
final class TransferBuffers {
    /** What a pipe holds by default (pipe(7)). */
    static final int SIZE = 64 * 1024;

    private static final int KEPT = 64;

    /** The same bytes for both sides: the kernel needs memory that stays where it is, Java's streams need an array. */
    record Buffer(ByteBuffer direct, byte[] array) {}

    private final BlockingQueue<Buffer> free = new ArrayBlockingQueue<>(KEPT);

    Buffer take() {
        Buffer kept = free.poll();
        return kept != null ? kept : new Buffer(ByteBuffer.allocateDirect(SIZE), new byte[SIZE]);
    }

    /** Keeps a buffer for the next one; drops it when there are enough. */
    void giveBack(Buffer buffer) {
        free.offer(buffer);
    }
}
