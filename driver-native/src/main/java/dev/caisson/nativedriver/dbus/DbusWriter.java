// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.dbus;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Marshals values, little endian. Each value stands at a multiple of its own size, counted from the beginning of the message's
 * header or body. Not thread-safe.
 */
public final class DbusWriter {
    private static final int STRUCT = 8;

    private ByteBuffer buffer = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);

    /** What was written. */
    public byte[] bytes() {
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    /** How much was written. */
    int length() {
        return buffer.position();
    }

    /** Fills up to a multiple of so many bytes. */
    DbusWriter align(int size) {
        while (buffer.position() % size != 0) {
            octet(0);
        }
        return this;
    }

    private ByteBuffer room(int size) {
        if (buffer.remaining() < size) {
            ByteBuffer larger =
                    ByteBuffer.allocate(2 * buffer.capacity() + size).order(ByteOrder.LITTLE_ENDIAN);
            larger.put(buffer.flip());
            buffer = larger;
        }
        return buffer;
    }

    /** {@code y}. */
    public DbusWriter octet(int value) {
        room(1).put((byte) value);
        return this;
    }

    /** {@code u}. */
    public DbusWriter u32(long value) {
        align(Integer.BYTES).room(Integer.BYTES).putInt((int) value);
        return this;
    }

    /** {@code t}, unsigned. */
    public DbusWriter u64(long value) {
        align(Long.BYTES).room(Long.BYTES).putLong(value);
        return this;
    }

    /** {@code b}. */
    public DbusWriter bool(boolean value) {
        return u32(value ? 1 : 0);
    }

    /** {@code s} or {@code o}. */
    public DbusWriter text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        u32(bytes.length).room(bytes.length + 1).put(bytes).put((byte) 0);
        return this;
    }

    /** {@code g}. */
    public DbusWriter signature(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        octet(bytes.length).room(bytes.length + 1).put(bytes).put((byte) 0);
        return this;
    }

    /** {@code ay}. */
    public DbusWriter octets(byte[] value) {
        u32(value.length).room(value.length).put(value);
        return this;
    }

    /** An array of structs: what is written by the elements, each of which begins with {@link #struct()}. */
    public DbusWriter structs(Runnable elements) {
        u32(0);
        int length = buffer.position() - Integer.BYTES;
        align(STRUCT);
        int start = buffer.position();
        elements.run();
        buffer.putInt(length, buffer.position() - start);
        return this;
    }

    /** The beginning of a struct. */
    public DbusWriter struct() {
        return align(STRUCT);
    }
}
