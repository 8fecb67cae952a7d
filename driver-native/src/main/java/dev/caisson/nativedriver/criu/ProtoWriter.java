// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes a message in the encoding of protocol buffers (protobuf.dev/programming-guides/encoding), as far as CRIU's RPC needs
 * it: numbers, flags, strings and messages in messages. Not thread-safe.
 */
final class ProtoWriter {
    static final int VARINT = 0;
    static final int DELIMITED = 2;
    static final int WIRE_TYPE_BITS = 3;

    private static final int GROUP_BITS = 7;
    private static final int GROUP = 0x7f;
    private static final int MORE = 0x80;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** Adds a number; a negative one takes ten bytes, as the encoding wants it for every signed type but sint. */
    ProtoWriter number(int field, long value) {
        tag(field, VARINT);
        varint(value);
        return this;
    }

    /** Adds a flag that is set; one that is not is left out. */
    ProtoWriter flag(int field, boolean set) {
        return set ? number(field, 1) : this;
    }

    ProtoWriter text(int field, String value) {
        return delimited(field, value.getBytes(StandardCharsets.UTF_8));
    }

    ProtoWriter message(int field, ProtoWriter value) {
        return delimited(field, value.bytes());
    }

    private ProtoWriter delimited(int field, byte[] value) {
        tag(field, DELIMITED);
        varint(value.length);
        bytes.writeBytes(value);
        return this;
    }

    private void tag(int field, int wireType) {
        varint((long) field << WIRE_TYPE_BITS | wireType);
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~(long) GROUP) != 0) {
            bytes.write((int) (rest & GROUP) | MORE);
            rest >>>= GROUP_BITS;
        }
        bytes.write((int) rest);
    }

    /** What was added so far. */
    byte[] bytes() {
        return bytes.toByteArray();
    }
}
