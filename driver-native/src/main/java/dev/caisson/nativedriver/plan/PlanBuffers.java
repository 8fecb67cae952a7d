// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Direct memory for finished plans. It is handed round: direct memory that is dropped waits for the garbage collector, and
 * there may be thousands of launches between two collections.
 */
final class PlanBuffers {
    /** Holds any plan but those with large files in it or a very large argument list. */
    static final int USUAL = 64 * 1024;

    private static final Queue<ByteBuffer> FREE = new ConcurrentLinkedQueue<>();

    private PlanBuffers() {}

    /** A buffer with this content, from its position 0 to its limit. */
    static ByteBuffer filled(byte[] content, int length) {
        ByteBuffer free = length > USUAL ? null : FREE.poll();
        ByteBuffer buffer = free == null ? ByteBuffer.allocateDirect(Math.max(length, USUAL)) : free;
        return buffer.clear().put(content, 0, length).flip();
    }

    static void giveBack(ByteBuffer buffer) {
        if (buffer.capacity() == USUAL) {
            FREE.add(buffer);
        }
    }
}
