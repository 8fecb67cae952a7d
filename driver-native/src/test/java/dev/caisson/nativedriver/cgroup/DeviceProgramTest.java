// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.resources.DeviceRule;
import dev.caisson.driver.resources.DeviceRule.Type;
import dev.caisson.nativedriver.cgroup.controller.DeviceAccess;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Runs the programs by a small machine of its own. */
class DeviceProgramTest {
    private static final int CHARACTER = 2;
    private static final int BLOCK = 1;
    private static final int MKNOD = 1;
    private static final int READ = 2;
    private static final int WRITE = 4;

    private static boolean run(DeviceAccess access, int type, int wanted, int major, int minor) {
        ByteBuffer program = ByteBuffer.wrap(DeviceProgram.of(access)).order(ByteOrder.nativeOrder());
        int[] context = {wanted << 16 | type, major, minor};
        int[] registers = new int[10];
        int at = 0;
        while (true) {
            int operation = program.get(at * 8) & 0xff;
            int destination = program.get(at * 8 + 1) & 0xf;
            int source = program.get(at * 8 + 1) >> 4 & 0xf;
            short offset = program.getShort(at * 8 + 2);
            int immediate = program.getInt(at * 8 + 4);
            at++;
            switch (operation) {
                case 0x61 -> registers[destination] = context[offset / 4];
                case 0xb4 -> registers[destination] = immediate;
                case 0xbc -> registers[destination] = registers[source];
                case 0x54 -> registers[destination] &= immediate;
                case 0x74 -> registers[destination] >>>= immediate;
                case 0x56 -> at += registers[destination] != immediate ? offset : 0;
                case 0x16 -> at += registers[destination] == immediate ? offset : 0;
                case 0x95 -> {
                    return registers[0] == 1;
                }
                default -> throw new AssertionError("operation " + operation);
            }
        }
    }

    @Test
    void nothingIsAllowedButTheExceptions() {
        DeviceAccess access = new DeviceAccess(
                false,
                List.of(
                        DeviceRule.allow(Type.CHARACTER, 1, 3, "rw"),
                        new DeviceRule(true, Type.BLOCK, OptionalLong.of(8), OptionalLong.empty(), "r"),
                        new DeviceRule(true, Type.CHARACTER, OptionalLong.empty(), OptionalLong.empty(), "m")));
        assertTrue(run(access, CHARACTER, READ, 1, 3));
        assertTrue(run(access, CHARACTER, READ | WRITE, 1, 3));
        assertFalse(run(access, CHARACTER, READ | MKNOD, 1, 3));
        assertFalse(run(access, CHARACTER, READ, 1, 5));
        assertFalse(run(access, BLOCK, READ, 1, 3));
        assertTrue(run(access, BLOCK, READ, 8, 99));
        assertFalse(run(access, BLOCK, WRITE, 8, 99));
        assertTrue(run(access, CHARACTER, MKNOD, 200, 200));
        assertFalse(run(access, BLOCK, MKNOD, 200, 200));
    }

    @Test
    void everythingIsAllowedButTheExceptions() {
        DeviceAccess access = new DeviceAccess(
                true, List.of(new DeviceRule(false, Type.CHARACTER, OptionalLong.of(1), OptionalLong.of(1), "w")));
        assertTrue(run(access, CHARACTER, READ, 1, 1));
        assertFalse(run(access, CHARACTER, WRITE, 1, 1));
        assertFalse(run(access, CHARACTER, READ | WRITE, 1, 1));
        assertTrue(run(access, CHARACTER, WRITE, 1, 2));
        assertTrue(run(access, BLOCK, WRITE, 1, 1));
    }

    @Test
    void noExceptionsAtAll() {
        assertFalse(run(new DeviceAccess(false, List.of()), CHARACTER, READ, 1, 3));
        assertTrue(run(new DeviceAccess(true, List.of()), CHARACTER, READ, 1, 3));
        assertEquals(8 * 8, DeviceProgram.of(new DeviceAccess(true, List.of())).length);
    }
}
