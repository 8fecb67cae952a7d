// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.dbus;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Reads what {@link DbusWriter} writes. Not thread-safe. */
public final class DbusReader {
    /** Up to the length of the header's fields. */
    static final int FIXED = 16;

    private static final int MOST = 1 << 27;
    private static final int LITTLE = 'l';

    private final ByteBuffer buffer;

    DbusReader(ByteBuffer buffer) {
        this.buffer = buffer;
    }

    /**
     * The length of a whole message.
     *
     * @param start its first {@link #FIXED} bytes
     * @throws MalformedMessageException for what is no message, or longer than one may be
     */
    static int length(ByteBuffer start) {
        ByteBuffer header = ordered(start);
        long body = header.getInt(4) & 0xffff_ffffL;
        long fields = header.getInt(12) & 0xffff_ffffL;
        long whole = FIXED + (fields + 7) / 8 * 8 + body;
        if (whole > MOST) {
            throw new MalformedMessageException("a message of " + whole + " bytes");
        }
        return (int) whole;
    }

    /** Reads a whole message. */
    static DbusMessage message(ByteBuffer whole) {
        ByteBuffer ordered = ordered(whole);
        try {
            int type = ordered.get(1);
            int body = ordered.getInt(4);
            DbusReader header =
                    new DbusReader(ordered.slice(0, ordered.limit() - body).order(ordered.order()));
            header.buffer.position(12);
            Map<Integer, String> fields = header.fields();
            return new DbusMessage(
                    type, fields, ordered.slice(ordered.limit() - body, body).order(ordered.order()));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new MalformedMessageException(String.valueOf(e));
        }
    }

    private static ByteBuffer ordered(ByteBuffer message) {
        return message.duplicate()
                .order(message.get(0) == LITTLE ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN)
                .rewind();
    }

    private Map<Integer, String> fields() {
        Map<Integer, String> fields = new HashMap<>();
        int end = (int) u32() + FIXED;
        while (buffer.position() < end) {
            align(8);
            int number = buffer.get();
            String type = signature();
            fields.put(
                    number,
                    switch (type) {
                        case "s", "o" -> text();
                        case "g" -> signature();
                        case "u" -> Long.toString(u32());
                        default -> throw new MalformedMessageException("a header field of type " + type);
                    });
        }
        return fields;
    }

    private void align(int size) {
        buffer.position((buffer.position() + size - 1) / size * size);
    }

    /** {@code u}. */
    public long u32() {
        align(Integer.BYTES);
        return buffer.getInt() & 0xffff_ffffL;
    }

    /** {@code s} or {@code o}. */
    public String text() {
        return characters((int) u32());
    }

    /** {@code g}. */
    public String signature() {
        return characters(buffer.get() & 0xff);
    }

    private String characters(int length) {
        byte[] bytes = new byte[Math.min(length, buffer.remaining())];
        buffer.get(bytes);
        buffer.get();
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
