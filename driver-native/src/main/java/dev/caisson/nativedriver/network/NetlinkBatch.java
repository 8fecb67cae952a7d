// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Messages of netlink(7), one after the other, with their attributes. Headers are in the machine's byte order; what nftables
 * has in its attributes is in the network's. Not thread-safe.
 *
 * <pre>{@code
 * batch.message(type, flags, header).text(1, "name").begin(4).number(1, 5).end().finish();
 * }</pre>
 */
final class NetlinkBatch {
    private static final int REQUEST = 0x001;
    private static final int ACKNOWLEDGE = 0x004;
    static final int CREATE = 0x400;
    static final int APPEND = 0x800;

    private static final int SIZE = 32 * 1024;
    private static final int ALIGNMENT = 4;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final short NESTED = (short) 0x8000;
    private static final int DEEPEST = 16;

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(SIZE).order(ByteOrder.nativeOrder());
    private final int[] open = new int[DEEPEST];
    private int depth;
    private int message;
    private int sequence;

    /** Begins a message; the header is that of its family. */
    NetlinkBatch message(int type, int flags, byte[] header) {
        message = bytes.position();
        bytes.putInt(0)
                .putShort((short) type)
                .putShort((short) (flags | REQUEST))
                .putInt(++sequence)
                .putInt(0)
                .put(header);
        return this;
    }

    /** Ends the message. */
    void finish() {
        if (depth != 0) {
            throw new IllegalStateException(depth + " attributes were not ended");
        }
        bytes.putInt(message, bytes.position() - message);
    }

    /** Asks for an answer to the message that was finished last. */
    void acknowledge() {
        int flags = message + Integer.BYTES + Short.BYTES;
        bytes.putShort(flags, (short) (bytes.getShort(flags) | ACKNOWLEDGE));
    }

    /** Begins an attribute that holds others. */
    NetlinkBatch begin(int type) {
        open[depth++] = bytes.position();
        bytes.putShort((short) 0).putShort((short) (type | NESTED));
        return this;
    }

    NetlinkBatch end() {
        int at = open[--depth];
        bytes.putShort(at, (short) (bytes.position() - at));
        return this;
    }

    NetlinkBatch bytes(int type, byte[] value) {
        bytes.putShort((short) (ATTRIBUTE_HEADER + value.length)).putShort((short) type);
        bytes.put(value);
        while (bytes.position() % ALIGNMENT != 0) {
            bytes.put((byte) 0);
        }
        return this;
    }

    NetlinkBatch text(int type, String value) {
        return bytes(type, (value + "\0").getBytes(StandardCharsets.UTF_8));
    }

    /** Adds a number of 32 bits in network order. */
    NetlinkBatch number(int type, int value) {
        return bytes(type, ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    /** Returns all messages, to be sent as one. */
    ByteBuffer all() {
        return bytes.duplicate().order(ByteOrder.nativeOrder()).flip();
    }
}
