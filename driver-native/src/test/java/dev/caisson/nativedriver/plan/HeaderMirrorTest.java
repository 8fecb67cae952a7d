// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** The numbers of plan.h and their Java mirrors can't drift apart. */
class HeaderMirrorTest {
    private static final HeaderEnums PLAN = HeaderEnums.of("plan.h");

    private static <E extends Enum<E>> Map<String, Long> mirror(E[] values, ToLongFunction<E> number) {
        Map<String, Long> mirror = new LinkedHashMap<>();
        Arrays.stream(values).forEach(value -> mirror.put(value.name(), number.applyAsLong(value)));
        return mirror;
    }

    @Test
    void entries() {
        assertEquals(PLAN.constants("entry_type", "E_"), mirror(EntryType.values(), EntryType::value));
    }

    @Test
    void kinds() {
        assertEquals(PLAN.constants("plan_kind", "PLAN_"), mirror(PlanKind.values(), PlanKind::value));
    }

    @Test
    void flags() {
        assertEquals(PLAN.constants("plan_flags", "PLAN_"), mirror(PlanFlag.values(), PlanFlag::value));
    }

    @Test
    void streams() {
        assertEquals(PLAN.constants("stdio_kind", "STDIO_"), mirror(Stdio.Kind.values(), Stdio.Kind::value));
    }

    @Test
    void mounts() {
        assertEquals(PLAN.constants("mount_kind", "MOUNT_"), mirror(MountKind.values(), MountKind::value));
        assertEquals(PLAN.constants("mount_options", "MOUNT_"), mirror(MountOption.values(), MountOption::value));
    }

    @Test
    void sizes() {
        assertEquals(PLAN.define("PLAN_MAGIC"), PlanWriter.MAGIC);
        assertEquals(PLAN.define("PLAN_VERSION"), PlanWriter.VERSION);
        assertEquals(PLAN.define("PLAN_MAX"), PlanWriter.MOST_BYTES);
        assertEquals(HeaderEnums.of("protocol.h").define("MSG_MAX_FDS"), PlanWriter.MOST_DESCRIPTORS + 1);
    }
}
