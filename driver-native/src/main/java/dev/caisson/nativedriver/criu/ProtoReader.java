// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Reads a message in the encoding of protocol buffers, field by field. A field that the reader does not ask for is skipped,
 * so that newer versions of a message can be read. Not thread-safe.
 */
final class ProtoReader {
    private static final int FIXED_64 = 1;
    private static final int FIXED_32 = 5;
    private static final int WIRE_TYPE = (1 << ProtoWriter.WIRE_TYPE_BITS) - 1;
    private static final int GROUP_BITS = 7;
    private static final int GROUP = 0x7f;
    private static final int MOST_BITS = 64;

    private final ByteBuffer bytes;
    private int field;
    private long number;
    private byte[] content = {};

    ProtoReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * Goes to the next field.
     *
     * @return false at the end
     * @throws IllegalArgumentException if it is no such message
     */
    boolean next() {
        if (!bytes.hasRemaining()) {
            return false;
        }
        try {
            long tag = varint();
            field = Math.toIntExact(tag >>> ProtoWriter.WIRE_TYPE_BITS);
            read((int) (tag & WIRE_TYPE));
            return true;
        } catch (BufferUnderflowException | ArithmeticException e) {
            throw new IllegalArgumentException("a field goes beyond the end", e);
        }
    }

    private void read(int wireType) {
        switch (wireType) {
            case ProtoWriter.VARINT -> number = varint();
            case ProtoWriter.DELIMITED -> {
                long length = varint();
                if (length < 0 || length > bytes.remaining()) {
                    throw new IllegalArgumentException("a field of " + length + " bytes goes beyond the end");
                }
                content = new byte[(int) length];
                bytes.get(content);
            }
            case FIXED_64 -> bytes.getLong();
            case FIXED_32 -> bytes.getInt();
            default -> throw new IllegalArgumentException("there is no wire type " + wireType);
        }
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < MOST_BITS; shift += GROUP_BITS) {
            byte next = bytes.get();
            value |= (long) (next & GROUP) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }

    /** The number of the field. */
    int field() {
        return field;
    }

    /** Its value, if it is a number or flag. */
    long number() {
        return number;
    }

    boolean flag() {
        return number != 0;
    }

    /** Its value, if it is a string. */
    String text() {
        return new String(content, StandardCharsets.UTF_8);
    }

    /** Its value, if it is a message. */
    ProtoReader message() {
        return new ProtoReader(ByteBuffer.wrap(content));
    }
}
