// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.systemd;

import dev.caisson.nativedriver.dbus.DbusWriter;
import java.util.Arrays;
import java.util.List;

/** A property of a unit, by systemd's name for it. */
sealed interface Property {
    String name();

    record Text(String name, String value) implements Property {}

    record Switch(String name, boolean value) implements Property {}

    /** Unsigned; all bits set are no limit. */
    record Number(String name, long value) implements Property {}

    record Pids(String name, List<Long> value) implements Property {
        public Pids {
            value = List.copyOf(value);
        }
    }

    /** A set of small numbers, the lowest in the lowest bit of the first byte. */
    record Bits(String name, byte[] value) implements Property {
        public Bits {
            value = value.clone();
        }

        @Override
        public byte[] value() {
            return value.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bits that && that.name.equals(name) && Arrays.equals(that.value, value);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Arrays.hashCode(value);
        }
    }

    /** Writes it as one {@code (sv)}. */
    default void write(DbusWriter body) {
        body.struct().text(name());
        switch (this) {
            case Text text -> body.signature("s").text(text.value());
            case Switch one -> body.signature("b").bool(one.value());
            case Number number -> body.signature("t").u64(number.value());
            case Bits bits -> body.signature("ay").octets(bits.value());
            case Pids pids -> {
                body.signature("au").u32((long) pids.value().size() * Integer.BYTES);
                pids.value().forEach(body::u32);
            }
        }
    }
}
