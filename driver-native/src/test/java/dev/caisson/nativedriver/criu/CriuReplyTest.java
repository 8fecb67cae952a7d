// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CriuReplyTest {
    private static CriuReply read(ProtoWriter message) {
        return CriuReply.read(ByteBuffer.wrap(message.bytes()), List.of());
    }

    @Test
    void readsANotice() {
        CriuReply reply = read(new ProtoWriter()
                .number(1, 6)
                .flag(2, true)
                .message(5, new ProtoWriter().text(1, "post-restore").number(2, 4711)));
        assertEquals(Optional.of(new CriuReply.Notice("post-restore", 4711)), reply.notice());
    }

    @Test
    void readsAFailure() {
        CriuReply reply = read(new ProtoWriter().number(1, 1).number(2, 0).number(7, 52));
        assertFalse(reply.success());
        assertEquals(52, reply.errno());
        assertTrue(reply.notice().isEmpty());
    }

    @Test
    void readsVersionAndFeatures() {
        CriuReply reply = read(new ProtoWriter()
                .flag(2, true)
                .message(8, new ProtoWriter().number(1, 0).number(2, 1).number(3, 1))
                .message(10, new ProtoWriter().number(1, 4).number(2, 2).number(4, 1)));
        assertEquals(EnumSet.of(CriuFeature.LAZY_PAGES), reply.features());
        assertEquals("4.2.1", reply.version().orElseThrow().toString());
    }

    @Test
    void versionsAreCompared() {
        assertTrue(new CriuVersion(3, 19, 0).isAtLeast(CriuVersion.LEAST));
        assertTrue(new CriuVersion(4, 0, 0).isAtLeast(CriuVersion.LEAST));
        assertTrue(new CriuVersion(3, 19, 1).isAtLeast(CriuVersion.LEAST));
        assertFalse(new CriuVersion(3, 17, 1).isAtLeast(CriuVersion.LEAST));
        assertFalse(new CriuVersion(2, 99, 0).isAtLeast(CriuVersion.LEAST));
        assertEquals("3.19", CriuVersion.LEAST.toString());
    }
}
