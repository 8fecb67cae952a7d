// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads plans as plan.h says, independently of the writer, and refuses what the reader in C refuses. */
final class PlanDecoder {
    /** An entry whose payload is read field by field. */
    record Entry(EntryType type, ByteBuffer payload) {
        long u32() {
            return Integer.toUnsignedLong(payload.getInt());
        }

        int i32() {
            return payload.getInt();
        }

        long u64() {
            return payload.getLong();
        }

        byte[] bytes() {
            byte[] bytes = new byte[payload.getInt()];
            payload.get(bytes);
            return bytes;
        }

        String string() {
            String text = new String(bytes(), StandardCharsets.UTF_8);
            assertEquals(0, payload.get(), "NUL behind \"" + text + "\"");
            assertEquals(-1, text.indexOf('\0'));
            return text;
        }

        List<String> strings() {
            long count = u32();
            List<String> strings = new ArrayList<>();
            for (long i = 0; i < count; i++) {
                strings.add(string());
            }
            return strings;
        }

        void end() {
            assertEquals(0, payload.remaining(), type + " has more in it");
        }
    }

    private static final int MAGIC = 0x4e4c5043;

    private final int kind;
    private final int flags;
    private final List<Entry> entries = new ArrayList<>();

    PlanDecoder(LaunchPlan plan) {
        ByteBuffer bytes = plan.bytes().order(ByteOrder.LITTLE_ENDIAN);
        int length = bytes.remaining();
        assertEquals(MAGIC, bytes.getInt());
        assertEquals(1, bytes.getShort());
        kind = bytes.getShort();
        flags = bytes.getInt();
        assertEquals(length, bytes.getInt());
        int count = bytes.getInt();
        assertEquals(0, bytes.getInt());
        for (int i = 0; i < count; i++) {
            int type = bytes.getInt();
            int size = bytes.getInt();
            ByteBuffer payload = bytes.slice(bytes.position(), size).order(ByteOrder.LITTLE_ENDIAN);
            entries.add(new Entry(typeOf(type), payload));
            bytes.position(bytes.position() + size);
            while (bytes.position() % 8 != 0) {
                assertEquals(0, bytes.get(), "padding of entry " + i);
            }
        }
        assertEquals(0, bytes.remaining(), "bytes behind the last entry");
    }

    private static EntryType typeOf(int value) {
        return Arrays.stream(EntryType.values())
                .filter(type -> type.value() == value)
                .findFirst()
                .orElseThrow(() -> new AssertionError("unknown entry " + value));
    }

    int kind() {
        return kind;
    }

    boolean has(PlanFlag flag) {
        return (flags & flag.value()) != 0;
    }

    List<EntryType> types() {
        return entries.stream().map(Entry::type).toList();
    }

    /** All entries in their order. */
    List<Entry> inOrder() {
        return entries;
    }

    /** All entries of a type, each to be read from its start. */
    List<Entry> all(EntryType type) {
        return entries.stream()
                .filter(entry -> entry.type() == type)
                .map(entry -> new Entry(type, entry.payload().duplicate().order(ByteOrder.LITTLE_ENDIAN)))
                .toList();
    }

    /** The one entry of a type. */
    Entry one(EntryType type) {
        List<Entry> found = all(type);
        assertEquals(1, found.size(), "entries of type " + type);
        return found.get(0);
    }

    /** The strings of all entries of a type that hold one each. */
    List<String> strings(EntryType type) {
        return all(type).stream().map(Entry::string).toList();
    }
}
