// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * The first message that the kernel answers with.
 *
 * @param errno why it refuses; 0 if it doesn't
 * @param text its own words for that; may be empty
 */
record NetlinkAnswer(int errno, String text) {
    private static final int HEADER = 16;
    private static final int ERROR = 2;
    private static final int HAS_ATTRIBUTES = 0x200;
    private static final int ERROR_HEADER = HEADER + Integer.BYTES + HEADER;
    private static final int ATTRIBUTE_HEADER = 4;
    private static final int MESSAGE = 1;
    private static final int EPROTO = 71;

    /** Reads it; what is no answer is told as EPROTO. */
    static NetlinkAnswer read(ByteBuffer received) {
        ByteBuffer bytes = received.duplicate().order(ByteOrder.nativeOrder());
        int start = bytes.position();
        if (bytes.remaining() < HEADER || bytes.getInt(start) > bytes.remaining() || bytes.getInt(start) < HEADER) {
            return new NetlinkAnswer(EPROTO, "an answer of " + bytes.remaining() + " bytes");
        }
        int length = bytes.getInt(start);
        if (bytes.getShort(start + 4) != ERROR) {
            return new NetlinkAnswer(0, "");
        }
        if (length < ERROR_HEADER) {
            return new NetlinkAnswer(EPROTO, "an error of " + length + " bytes");
        }
        boolean explained = (bytes.getShort(start + 6) & HAS_ATTRIBUTES) != 0;
        int errno = -bytes.getInt(start + HEADER);
        return new NetlinkAnswer(
                errno, explained ? message(bytes.slice(start + ERROR_HEADER, length - ERROR_HEADER)) : "");
    }

    private static String message(ByteBuffer slice) {
        ByteBuffer attributes = slice.order(ByteOrder.nativeOrder());
        int at = 0;
        while (attributes.limit() - at >= ATTRIBUTE_HEADER) {
            int length = Short.toUnsignedInt(attributes.getShort(at));
            if (length < ATTRIBUTE_HEADER || length > attributes.limit() - at) {
                return "";
            }
            if (attributes.getShort(at + 2) == MESSAGE) {
                byte[] text = new byte[length - ATTRIBUTE_HEADER];
                attributes.get(at + ATTRIBUTE_HEADER, text);
                return new String(text, StandardCharsets.UTF_8).replace("\0", "");
            }
            at += (length + ATTRIBUTE_HEADER - 1) & -ATTRIBUTE_HEADER;
        }
        return "";
    }
}
