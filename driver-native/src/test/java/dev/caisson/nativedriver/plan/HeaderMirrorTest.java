// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.nativedriver.shim.HeldState;
import dev.caisson.nativedriver.shim.LaunchPhase;
import dev.caisson.nativedriver.shim.MessageType;
import dev.caisson.nativedriver.shim.Protocol;
import dev.caisson.nativedriver.shim.ShimMode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** The numbers of plan.h and protocol.h and their Java mirrors can't drift apart. */
class HeaderMirrorTest {
    private static final HeaderEnums PLAN = HeaderEnums.of("plan.h");
    private static final HeaderEnums PROTOCOL = HeaderEnums.of("protocol.h");

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
    void messages() {
        assertEquals(PROTOCOL.constants("msg_type", "MSG_"), mirror(MessageType.values(), MessageType::number));
        assertEquals(PROTOCOL.constants("shim_mode", "MODE_"), mirror(ShimMode.values(), ShimMode::number));
        assertEquals(PROTOCOL.constants("held_state", "HELD_"), mirror(HeldState.values(), HeldState::number));
        assertEquals(PROTOCOL.constants("phase", "PHASE_"), mirror(LaunchPhase.values(), LaunchPhase::number));
    }

    @Test
    void sizes() {
        assertEquals(PLAN.define("PLAN_MAGIC"), PlanWriter.MAGIC);
        assertEquals(PLAN.define("PLAN_VERSION"), PlanWriter.VERSION);
        assertEquals(PLAN.define("PLAN_MAX"), PlanWriter.MOST_BYTES);
        assertEquals(PROTOCOL.define("PROTOCOL_MAGIC"), Protocol.MAGIC);
        assertEquals(PROTOCOL.define("PROTOCOL_VERSION"), Protocol.VERSION);
        assertEquals(PROTOCOL.define("MSG_MAX"), Protocol.MESSAGE_MOST);
        assertEquals(PROTOCOL.define("MSG_MAX_FDS"), Protocol.DESCRIPTORS_MOST);
        assertEquals(PROTOCOL.define("MSG_MAX_FDS"), PlanWriter.MOST_DESCRIPTORS + 1);
        assertEquals(PROTOCOL.define("REPORT_FILE_MAX"), Protocol.REPORT_FILE_MOST);
        assertEquals((int) PROTOCOL.define("REPORT_MISSING"), Protocol.REPORT_MISSING);
        assertEquals(PROTOCOL.define("WAIT_STATUS_LOST"), Protocol.WAIT_STATUS_LOST);
    }
}
