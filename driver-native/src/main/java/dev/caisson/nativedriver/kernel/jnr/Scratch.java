// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.KernelException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A block of native memory for the structures and strings of one call. Blocks are handed round, not kept per thread:
 * there may be a virtual thread per stream of thousands of containers.
 */
final class Scratch implements AutoCloseable {
    static final int SIZE = 32 * 1024;

    /** PATH_MAX with its NUL. */
    private static final int PATH_MAX = 4096;

    private static final int ALIGNMENT = 8;

    private static final Queue<Scratch> FREE = new ConcurrentLinkedQueue<>();

    private final ByteBuffer buffer = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
    private final long address;
    private int used;

    private Scratch(Libc libc) {
        address = libc.address(buffer);
    }

    /** A block with garbage in it; closing it gives it back. */
    static Scratch take(Libc libc) {
        Scratch scratch = FREE.poll();
        if (scratch == null) {
            scratch = new Scratch(libc);
        }
        scratch.used = 0;
        return scratch;
    }

    /** The whole block, addressed by the offsets that {@link #reserve} gives; its position and limit mean nothing. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** Where an offset of the block is in memory. */
    long address(int offset) {
        return address + offset;
    }

    /** Sets aside zeroed bytes and tells their offset. */
    int reserve(int bytes) {
        int offset = used;
        used += (bytes + ALIGNMENT - 1) & -ALIGNMENT;
        for (int at = offset; at < used; at += ALIGNMENT) {
            buffer.putLong(at, 0);
        }
        return offset;
    }

    /** What is not set aside, as a buffer of its own. */
    ByteBuffer rest() {
        return buffer.slice(used, SIZE - used);
    }

    /** Puts a NUL-terminated path in the block and gives its address. */
    long path(String call, String path) {
        byte[] bytes = path.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= PATH_MAX) {
            throw new KernelException(call, Errno.ENAMETOOLONG, path);
        }
        return text(call, bytes, path);
    }

    /** Puts NUL-terminated bytes in the block and gives their address. */
    long text(String call, byte[] bytes, String subject) {
        for (byte b : bytes) {
            if (b == 0) {
                throw new KernelException(
                        call, Errno.EINVAL, "'" + subject.replace("\0", "\\0") + "' (has a NUL in it)");
            }
        }
        int offset = reserve(bytes.length + 1);
        buffer.put(offset, bytes);
        return address(offset);
    }

    @Override
    public void close() {
        FREE.add(this);
    }
}
