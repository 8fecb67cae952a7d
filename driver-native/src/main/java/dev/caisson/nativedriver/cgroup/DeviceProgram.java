// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.resources.DeviceRule;
import dev.caisson.nativedriver.cgroup.controller.DeviceAccess;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.OptionalLong;

/**
 * Writes the program that decides on the use of devices in cgroup v2 (Documentation/admin-guide/cgroup-v2.rst, "Device
 * controller"; Documentation/bpf/standardization/instruction-set.rst).
 *
 * <p>The kernel calls it with a {@code struct bpf_cgroup_dev_ctx} in r1: u32 access &lt;&lt; 16 | type, u32 major, u32 minor.
 * The answer in r0 is 1 to allow.
 */
final class DeviceProgram {
    private static final int INSTRUCTION = 8;

    /** Registers. */
    private static final int R0 = 0;

    private static final int CONTEXT = 1;
    private static final int TYPE = 2;
    private static final int ACCESS = 3;
    private static final int MAJOR = 4;
    private static final int MINOR = 5;
    private static final int SCRATCH = 6;

    /** Operations: class, source and code in one byte. */
    private static final int LOAD_WORD = 0x61;

    private static final int MOVE_IMMEDIATE = 0xb4;
    private static final int MOVE_REGISTER = 0xbc;
    private static final int AND_IMMEDIATE = 0x54;
    private static final int SHIFT_RIGHT = 0x74;
    private static final int JUMP_NOT_EQUAL = 0x56;
    private static final int JUMP_EQUAL = 0x16;
    private static final int EXIT = 0x95;

    /** BPF_DEVCG_DEV_* and BPF_DEVCG_ACC_* of linux/bpf.h. */
    private static final int BLOCK = 1;

    private static final int CHARACTER = 2;
    private static final int MKNOD = 1;
    private static final int READ = 2;
    private static final int WRITE = 4;

    /** The longest program of a rule: type, access (3), major, minor, answer (2). */
    private static final int LONGEST_RULE = 8;

    private static final int FRAME = 9;

    private final ByteBuffer program;

    private DeviceProgram(int instructions) {
        program = ByteBuffer.allocate(instructions * INSTRUCTION).order(ByteOrder.nativeOrder());
    }

    /** The instructions, as the kernel takes them. */
    static byte[] of(DeviceAccess access) {
        List<DeviceRule> exceptions = access.exceptions();
        DeviceProgram writer = new DeviceProgram(FRAME + exceptions.size() * LONGEST_RULE);
        writer.begin();
        exceptions.forEach(rule -> writer.exception(rule, !access.allowByDefault()));
        writer.answer(access.allowByDefault());
        byte[] bytes = new byte[writer.program.position()];
        writer.program.get(0, bytes);
        return bytes;
    }

    private void begin() {
        put(LOAD_WORD, TYPE, CONTEXT, 0, 0);
        put(AND_IMMEDIATE, TYPE, 0, 0, 0xffff);
        put(LOAD_WORD, ACCESS, CONTEXT, 0, 0);
        put(SHIFT_RIGHT, ACCESS, 0, 0, 16);
        put(LOAD_WORD, MAJOR, CONTEXT, 4, 0);
        put(LOAD_WORD, MINOR, CONTEXT, 8, 0);
    }

    /** Answers if the exception applies: an allowed one to all that is wanted, a denied one to any of it. */
    private void exception(DeviceRule rule, boolean allow) {
        int skip = length(rule);
        int access = access(rule);
        put(JUMP_NOT_EQUAL, TYPE, 0, --skip, rule.type() == DeviceRule.Type.BLOCK ? BLOCK : CHARACTER);
        put(MOVE_REGISTER, SCRATCH, ACCESS, 0, 0);
        put(AND_IMMEDIATE, SCRATCH, 0, 0, allow ? ~access : access);
        skip -= 2;
        put(allow ? JUMP_NOT_EQUAL : JUMP_EQUAL, SCRATCH, 0, --skip, 0);
        skip = number(MAJOR, rule.major(), skip);
        number(MINOR, rule.minor(), skip);
        answer(allow);
    }

    private int number(int register, OptionalLong wanted, int skip) {
        if (wanted.isEmpty()) {
            return skip;
        }
        put(JUMP_NOT_EQUAL, register, 0, skip - 1, (int) wanted.getAsLong());
        return skip - 1;
    }

    private static int length(DeviceRule rule) {
        return LONGEST_RULE - (rule.major().isPresent() ? 0 : 1) - (rule.minor().isPresent() ? 0 : 1);
    }

    private static int access(DeviceRule rule) {
        int access = 0;
        access |= rule.access().contains("r") ? READ : 0;
        access |= rule.access().contains("w") ? WRITE : 0;
        access |= rule.access().contains("m") ? MKNOD : 0;
        return access;
    }

    private void answer(boolean allow) {
        put(MOVE_IMMEDIATE, R0, 0, 0, allow ? 1 : 0);
        put(EXIT, 0, 0, 0, 0);
    }

    /** {@code struct bpf_insn}: u8 operation, u4 destination, u4 source, i16 offset, i32 immediate. */
    private void put(int operation, int destination, int source, int offset, int immediate) {
        program.put((byte) operation);
        program.put((byte) (source << 4 | destination));
        program.putShort((short) offset);
        program.putInt(immediate);
    }
}
