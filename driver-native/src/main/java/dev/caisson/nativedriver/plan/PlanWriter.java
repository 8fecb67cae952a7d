// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Descriptor;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;

/**
 * The one writer of the plan format. Not thread-safe; one use each. Close it always: if the plan was not finished, the
 * descriptors opened for it are closed.
 *
 * <pre>{@code
 * plan.begin(EntryType.SYSCTL).string(name).string(value).end();
 * }</pre>
 */
final class PlanWriter implements AutoCloseable {
    /** PLAN_MAX. */
    static final int MOST_BYTES = 16 << 20;

    /** MSG_MAX_FDS, less the plan itself. */
    static final int MOST_DESCRIPTORS = 63;

    static final int MAGIC = 0x4e4c5043;
    static final int VERSION = 1;
    static final int HEADER = 24;
    private static final int ENTRY_HEADER = 8;
    private static final int ALIGNMENT = 8;
    private static final int NO_ENTRY = -1;
    private static final int START_SIZE = 16 * 1024;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final PlanKind kind;
    private final EnumSet<PlanFlag> flags = EnumSet.noneOf(PlanFlag.class);
    private final List<Descriptor> descriptors = new ArrayList<>();
    private final List<Descriptor> owned = new ArrayList<>();
    private byte[] bytes = new byte[START_SIZE];
    private int end = HEADER;
    private int entry = NO_ENTRY;
    private int count;

    PlanWriter(PlanKind kind) {
        this.kind = kind;
    }

    /** Sets a flag of the whole plan. */
    PlanWriter flag(PlanFlag flag) {
        flags.add(flag);
        return this;
    }

    /** Sets a flag of the whole plan, if so. */
    PlanWriter flag(PlanFlag flag, boolean set) {
        return set ? flag(flag) : this;
    }

    /**
     * Adds a descriptor that stays its owner's, who keeps it open until the plan was sent.
     *
     * @return its index in the plan; the same for the same descriptor
     */
    int descriptor(Descriptor descriptor) {
        for (int i = 0; i < descriptors.size(); i++) {
            if (descriptors.get(i) == descriptor) {
                return i + 1;
            }
        }
        if (descriptors.size() == MOST_DESCRIPTORS) {
            throw tooLarge("it hands over more than " + MOST_DESCRIPTORS + " descriptors", "hand over fewer");
        }
        descriptors.add(descriptor);
        return descriptors.size();
    }

    /** Adds a descriptor that was opened for this plan and is closed with it. */
    int own(Descriptor descriptor) {
        owned.add(descriptor);
        return descriptor(descriptor);
    }

    /** Begins an entry; what is put next, up to {@link #end()}, is its payload. */
    PlanWriter begin(EntryType type) {
        if (entry != NO_ENTRY) {
            throw new IllegalStateException("the entry before " + type + " was not ended");
        }
        reserve(ENTRY_HEADER);
        entry = end;
        INTS.set(bytes, end, type.value());
        end += ENTRY_HEADER;
        return this;
    }

    /** Ends the entry and pads it. */
    void end() {
        if (entry == NO_ENTRY) {
            throw new IllegalStateException("no entry was begun");
        }
        INTS.set(bytes, entry + Integer.BYTES, end - entry - ENTRY_HEADER);
        int padded = (end + ALIGNMENT - 1) & -ALIGNMENT;
        reserve(padded - end);
        Arrays.fill(bytes, end, padded, (byte) 0);
        end = padded;
        entry = NO_ENTRY;
        count++;
    }

    PlanWriter u32(int value) {
        reserve(Integer.BYTES);
        INTS.set(bytes, end, value);
        end += Integer.BYTES;
        return this;
    }

    PlanWriter u64(long value) {
        reserve(Long.BYTES);
        LONGS.set(bytes, end, value);
        end += Long.BYTES;
        return this;
    }

    PlanWriter bytes(byte[] value) {
        u32(value.length);
        reserve(value.length);
        System.arraycopy(value, 0, bytes, end, value.length);
        end += value.length;
        return this;
    }

    PlanWriter string(String value) {
        // Nearly all strings are ASCII: those are copied straight in; a first other character ends the attempt.
        int length = value.length();
        reserve((long) Integer.BYTES + length + 1);
        int at = end + Integer.BYTES;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c == 0 || c >= 0x80) {
                return encoded(value);
            }
            bytes[at + i] = (byte) c;
        }
        bytes[at + length] = 0;
        INTS.set(bytes, end, length);
        end = at + length + 1;
        return this;
    }

    private PlanWriter encoded(String value) {
        checkText(value);
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        bytes(utf8);
        reserve(1);
        bytes[end++] = 0;
        return this;
    }

    /** What the kernel's strings, or UTF-8, can't hold must not be passed on as something else. */
    private static void checkText(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (c == 0 || (Character.isSurrogate(c) && !pair)) {
                throw new DriverException(
                        StandardErrorCode.INVALID_ARGUMENT,
                        "write the launch plan",
                        "\"" + value.replace("\0", "\\0") + "\" holds "
                                + (c == 0 ? "a NUL character" : "half of a character"),
                        "take it out");
            }
            if (pair) {
                i++;
            }
        }
    }

    PlanWriter strings(Collection<String> values) {
        u32(values.size());
        values.forEach(this::string);
        return this;
    }

    /** An entry that is one string. */
    void put(EntryType type, String value) {
        begin(type).string(value).end();
    }

    /** An entry that is one list of strings. */
    void put(EntryType type, Collection<String> values) {
        begin(type).strings(values).end();
    }

    /** Returns the plan, which the descriptors opened for it now belong to. */
    LaunchPlan finish() {
        if (entry != NO_ENTRY) {
            throw new IllegalStateException("the last entry was not ended");
        }
        int bits = 0;
        for (PlanFlag flag : flags) {
            bits |= flag.value();
        }
        INTS.set(bytes, 0, MAGIC);
        SHORTS.set(bytes, 4, (short) VERSION);
        SHORTS.set(bytes, 6, (short) kind.value());
        INTS.set(bytes, 8, bits);
        INTS.set(bytes, 12, end);
        INTS.set(bytes, 16, count);
        INTS.set(bytes, 20, 0);
        LaunchPlan plan = new LaunchPlan(PlanBuffers.filled(bytes, end), descriptors, owned, flags);
        owned.clear();
        return plan;
    }

    private void reserve(long more) {
        if (more > bytes.length - end) {
            long wanted = end + more;
            if (wanted > MOST_BYTES) {
                throw tooLarge("it is larger than " + MOST_BYTES + " bytes", "give less content, arguments or rules");
            }
            bytes = Arrays.copyOf(bytes, (int) Math.min(MOST_BYTES, Math.max(wanted, 2L * bytes.length)));
        }
    }

    private static DriverException tooLarge(String why, String remedy) {
        return new DriverException(StandardErrorCode.INVALID_ARGUMENT, "write the launch plan", why, remedy);
    }

    @Override
    public void close() {
        owned.forEach(Descriptor::close);
        owned.clear();
    }
}
