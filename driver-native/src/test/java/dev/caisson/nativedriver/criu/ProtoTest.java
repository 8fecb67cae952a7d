// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProtoTest {
    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    private static ProtoReader reader(byte[] bytes) {
        return new ProtoReader(ByteBuffer.wrap(bytes));
    }

    /** The examples of protobuf.dev/programming-guides/encoding. */
    @Test
    void writesAsTheSpecificationSays() {
        assertArrayEquals(hex("08 96 01"), new ProtoWriter().number(1, 150).bytes());
        assertArrayEquals(
                hex("12 07 74 65 73 74 69 6e 67"),
                new ProtoWriter().text(2, "testing").bytes());
        assertArrayEquals(
                hex("1a 03 08 96 01"),
                new ProtoWriter().message(3, new ProtoWriter().number(1, 150)).bytes());
        assertArrayEquals(
                hex("08 ff ff ff ff ff ff ff ff ff 01"),
                new ProtoWriter().number(1, -1).bytes());
        assertArrayEquals(new byte[0], new ProtoWriter().flag(1, false).bytes());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 127, 128, 300, Integer.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void readsWhatItWrote(long value) {
        ProtoReader message = reader(new ProtoWriter()
                .number(5, value)
                .text(68, "é")
                .message(7, new ProtoWriter().flag(1, true))
                .bytes());
        assertTrue(message.next());
        assertEquals(5, message.field());
        assertEquals(value, message.number());
        assertTrue(message.next());
        assertEquals(68, message.field());
        assertEquals("é", message.text());
        assertTrue(message.next());
        ProtoReader inner = message.message();
        assertTrue(inner.next());
        assertTrue(inner.flag());
        assertFalse(inner.next());
        assertFalse(message.next());
    }

    @Test
    void fixedNumbersAreSkipped() {
        ProtoReader message = reader(hex("09 0102030405060708 15 01020304 08 01"));
        assertTrue(message.next());
        assertTrue(message.next());
        assertTrue(message.next());
        assertEquals(1, message.number());
    }

    @ParameterizedTest
    @ValueSource(strings = {"08", "08 ff", "12 05 61", "12 ff ff ff ff 0f", "09 01", "0b", "08 ffffffffffffffffffff01"})
    void refusesWhatIsNoMessage(String bytes) {
        ProtoReader message = reader(hex(bytes));
        assertThrows(IllegalArgumentException.class, message::next);
    }

    @Test
    void anyBytesAreReadOrRefused() {
        Random random = new Random(42);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(24)];
            random.nextBytes(bytes);
            try {
                CriuReply.read(ByteBuffer.wrap(bytes), List.of());
            } catch (IllegalArgumentException refused) {
                assertTrue(refused.getMessage() != null);
            }
        }
    }
}
