// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Byte for byte, for machines of little endian. */
class NetlinkTest {
    private static String hex(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return HexFormat.of().formatHex(copy);
    }

    @Test
    void messagesAndAttributes() {
        NetlinkBatch batch = new NetlinkBatch();
        batch.message(0x0a03, NetlinkBatch.CREATE, new byte[] {1, 0, 0, 10})
                .text(1, "ab")
                .begin(4)
                .number(1, -300)
                .bytes(2, new byte[] {7})
                .end()
                .finish();
        batch.acknowledge();
        batch.message(0x11, 0, new byte[] {0, 0, 0, 10}).finish();
        assertEquals(
                "30000000" + "030a" + "0504" + "01000000" + "00000000" // length, type, flags, number, port
                        + "0100000a" // header of the family
                        + "07000100" + "61620000" // text, padded
                        + "14000480" // a nest
                        + "08000100" + "fffffed4" // a number, in network order
                        + "05000200" + "07000000" // bytes, padded
                        + "14000000" + "1100" + "0100" + "02000000" + "00000000" + "0000000a",
                hex(batch.all()));
    }

    @Test
    void whatIsLeftOpenIsAMistake() {
        NetlinkBatch batch = new NetlinkBatch();
        batch.message(1, 0, new byte[4]).begin(1);
        assertThrows(IllegalStateException.class, batch::finish);
    }

    private static ByteBuffer answer(int type, int flags, int error, String text) {
        byte[] words = (text + "\0").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes = ByteBuffer.allocate(200).order(ByteOrder.nativeOrder());
        bytes.putInt(0).putShort((short) type).putShort((short) flags).putInt(1).putInt(0);
        bytes.putInt(error).put(new byte[16]);
        bytes.putShort((short) 8).putShort((short) 2).putInt(20); // where in the request, which nobody asks
        bytes.putShort((short) (4 + words.length)).putShort((short) 1).put(words);
        bytes.putInt(0, bytes.position());
        return bytes.flip();
    }

    @Test
    void answers() {
        assertEquals(new NetlinkAnswer(0, ""), NetlinkAnswer.read(answer(2, 0, 0, "ignored")));
        assertEquals(new NetlinkAnswer(17, "no"), NetlinkAnswer.read(answer(2, 0x200, -17, "no")));
        assertEquals(new NetlinkAnswer(17, ""), NetlinkAnswer.read(answer(2, 0, -17, "no")));
        assertEquals(0, NetlinkAnswer.read(answer(16, 0, 5, "")).errno(), "what is no error is an answer");
        assertEquals(71, NetlinkAnswer.read(ByteBuffer.allocate(3)).errno());
        assertEquals(71, NetlinkAnswer.read(ByteBuffer.allocate(16)).errno());
    }

    /** Whatever comes, it is read to an end within its bounds. */
    @Test
    void brokenAnswersAreSurvived() {
        Random random = new Random(1);
        for (int round = 0; round < 20_000; round++) {
            ByteBuffer bytes = answer(2, 0x200, -17, "some words");
            for (int change = random.nextInt(4); change >= 0; change--) {
                bytes.put(random.nextInt(bytes.limit()), (byte) random.nextInt());
            }
            bytes.limit(random.nextInt(bytes.limit() + 1));
            NetlinkAnswer.read(bytes);
        }
    }
}
