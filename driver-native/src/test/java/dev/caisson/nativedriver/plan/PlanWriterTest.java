// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.DriverException;
import dev.caisson.nativedriver.kernel.Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanWriterTest {
    private static Descriptor opened(int number, List<Integer> closed) {
        return new Descriptor(number, "test", closed::add);
    }

    @Test
    void anEmptyPlanIsAHeader() {
        try (PlanWriter writer = new PlanWriter(PlanKind.CLEAN);
                LaunchPlan plan = writer.finish()) {
            assertEquals(24, plan.bytes().remaining());
            assertEquals(List.of(), new PlanDecoder(plan).types());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "/proc/self", "grüße", "日本語", "\uD83D\uDC33 whale", "tab\tand\nnewline"})
    void textSurvives(String text) {
        try (PlanWriter writer = new PlanWriter(PlanKind.INIT)) {
            writer.put(EntryType.HOSTNAME, text);
            writer.put(EntryType.ARGV, List.of(text, "b", text));
            try (LaunchPlan plan = writer.finish()) {
                PlanDecoder decoded = new PlanDecoder(plan);
                assertEquals(text, decoded.one(EntryType.HOSTNAME).string());
                assertEquals(
                        List.of(text, "b", text), decoded.one(EntryType.ARGV).strings());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "ü\0", "\uD83D", "\uDC33\uD83D", "x\uD83Dy"})
    void textThatWouldChangeIsRefused(String text) {
        try (PlanWriter writer = new PlanWriter(PlanKind.INIT)) {
            writer.begin(EntryType.HOSTNAME);
            DriverException refusal = assertThrows(DriverException.class, () -> writer.string(text));
            assertTrue(refusal.getMessage().contains("holds"), refusal.getMessage());
        }
    }

    @Test
    void randomEntriesComeBack() {
        for (long seed = 0; seed < 300; seed++) {
            roundTrip(seed);
        }
    }

    private static void roundTrip(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Object> fields = new ArrayList<>();
        try (PlanWriter writer = new PlanWriter(PlanKind.INIT)) {
            int entries = random.nextInt(40);
            for (int i = 0; i < entries; i++) {
                writer.begin(EntryType.values()[random.nextInt(EntryType.values().length)]);
                fields.add("begin");
                for (int field = random.nextInt(6); field > 0; field--) {
                    fields.add(write(writer, random));
                }
                writer.end();
            }
            try (LaunchPlan plan = writer.finish()) {
                compare(new PlanDecoder(plan), fields, "seed " + seed);
            }
        }
    }

    private static Object write(PlanWriter writer, SplittableRandom random) {
        switch (random.nextInt(4)) {
            case 0 -> {
                int value = random.nextInt();
                writer.u32(value);
                return value;
            }
            case 1 -> {
                long value = random.nextLong();
                writer.u64(value);
                return value;
            }
            case 2 -> {
                byte[] value = new byte[random.nextInt(random.nextInt(10) == 0 ? 30_000 : 40)];
                random.nextBytes(value);
                writer.bytes(value);
                return value;
            }
            default -> {
                String value = random.ints(random.nextInt(60), 1, 0xd800)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                writer.string(value);
                return value;
            }
        }
    }

    private static void compare(PlanDecoder decoded, List<Object> fields, String seed) {
        assertEquals(
                fields.stream().filter("begin"::equals).count(),
                decoded.inOrder().size(),
                seed);
        int at = -1;
        PlanDecoder.Entry entry = null;
        List<PlanDecoder.Entry> inOrder = decoded.inOrder();
        for (Object field : fields) {
            if ("begin".equals(field)) {
                if (entry != null) {
                    entry.end();
                }
                entry = inOrder.get(++at);
            } else if (field instanceof Integer value) {
                assertEquals(value, entry.i32(), seed);
            } else if (field instanceof Long value) {
                assertEquals(value, entry.u64(), seed);
            } else if (field instanceof byte[] value) {
                assertArrayEquals(value, entry.bytes(), seed);
            } else {
                assertEquals(field, entry.string(), seed);
            }
        }
    }

    @Test
    void flagsAndKind() {
        try (PlanWriter writer = new PlanWriter(PlanKind.EXEC)) {
            writer.flag(PlanFlag.TTY).flag(PlanFlag.HOLD, false).flag(PlanFlag.DEV_SETUP, true);
            try (LaunchPlan plan = writer.finish()) {
                PlanDecoder decoded = new PlanDecoder(plan);
                assertEquals(2, decoded.kind());
                assertTrue(decoded.has(PlanFlag.TTY) && decoded.has(PlanFlag.DEV_SETUP));
                assertFalse(decoded.has(PlanFlag.HOLD));
                assertTrue(plan.has(PlanFlag.TTY));
                assertFalse(plan.has(PlanFlag.HOLD));
            }
        }
    }

    @Test
    @SuppressWarnings("try")
    void descriptorsAreNumberedFromOneAndOnce() {
        List<Integer> closed = new ArrayList<>();
        Descriptor lent = opened(100, closed);
        Descriptor given = opened(101, closed);
        try (PlanWriter writer = new PlanWriter(PlanKind.INIT)) {
            assertEquals(1, writer.descriptor(lent));
            assertEquals(2, writer.own(given));
            assertEquals(1, writer.descriptor(lent));
            LaunchPlan plan = writer.finish();
            assertEquals(List.of(lent, given), plan.descriptors());
            writer.close();
            assertEquals(List.of(), closed);
            plan.close();
            plan.close();
            assertEquals(List.of(101), closed);
        }
        assertEquals(List.of(101), closed);
    }

    @Test
    void whatAnUnfinishedPlanOwnsIsClosed() {
        List<Integer> closed = new ArrayList<>();
        try (PlanWriter writer = new PlanWriter(PlanKind.INIT)) {
            writer.own(opened(7, closed));
        }
        assertEquals(List.of(7), closed);
    }

    @Test
    void oneDescriptorTooManyIsRefused() {
        try (PlanWriter writer = new PlanWriter(PlanKind.INIT)) {
            for (int i = 0; i < 63; i++) {
                assertEquals(i + 1, writer.descriptor(Descriptor.borrowed(i, "test")));
            }
            assertThrows(DriverException.class, () -> writer.descriptor(Descriptor.borrowed(63, "test")));
        }
    }

    @Test
    void tooLargeAPlanIsRefused() {
        try (PlanWriter writer = new PlanWriter(PlanKind.INIT)) {
            writer.begin(EntryType.BLOB).bytes(new byte[(16 << 20) - 100]).end();
            DriverException refusal =
                    assertThrows(DriverException.class, () -> writer.put(EntryType.HOSTNAME, "x".repeat(100)));
            assertTrue(refusal.getMessage().contains("16777216 bytes"), refusal.getMessage());
        }
    }

    @Test
    void aLargePlanIsWhole() {
        byte[] large = new byte[1 << 20];
        new SplittableRandom(1).nextBytes(large);
        try (PlanWriter writer = new PlanWriter(PlanKind.INIT)) {
            writer.begin(EntryType.BLOB).bytes(large).end();
            try (LaunchPlan plan = writer.finish()) {
                assertArrayEquals(
                        large, new PlanDecoder(plan).one(EntryType.BLOB).bytes());
            }
        }
    }

    @Test
    void entriesDoNotNest() {
        try (PlanWriter writer = new PlanWriter(PlanKind.INIT)) {
            assertThrows(IllegalStateException.class, writer::end);
            writer.begin(EntryType.ID);
            assertThrows(IllegalStateException.class, () -> writer.begin(EntryType.ID));
            assertThrows(IllegalStateException.class, writer::finish);
        }
    }
}
