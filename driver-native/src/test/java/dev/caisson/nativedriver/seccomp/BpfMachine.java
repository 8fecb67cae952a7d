// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Runs a seccomp filter as the kernel does: classic BPF over {@code struct seccomp_data}, with its restrictions. */
final class BpfMachine {
    static final int X86_64 = 0xc000_003e;
    static final int I386 = 0x4000_0003;
    static final int X32_BIT = 0x4000_0000;

    private static final int LD_W_ABS = 0x20;
    private static final int JA = 0x05;
    private static final int JEQ_K = 0x15;
    private static final int JGT_K = 0x25;
    private static final int JGE_K = 0x35;
    private static final int JSET_K = 0x45;
    private static final int AND_K = 0x54;
    private static final int RET_K = 0x06;

    private final ByteBuffer program;
    private int steps;

    BpfMachine(byte[] program) {
        this.program = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** How many instructions the last run took. */
    int steps() {
        return steps;
    }

    int instructions() {
        return program.capacity() / 8;
    }

    /** What the filter says of a call. */
    int run(int architecture, int number, long... arguments) {
        ByteBuffer data = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        data.putInt(number).putInt(architecture).putLong(0);
        for (long argument : arguments) {
            data.putLong(argument);
        }
        int accumulator = 0;
        steps = 0;
        for (int at = 0; ; at++) {
            steps++;
            int code = program.getShort(at * 8);
            int yes = Byte.toUnsignedInt(program.get(at * 8 + 2));
            int no = Byte.toUnsignedInt(program.get(at * 8 + 3));
            int k = program.getInt(at * 8 + 4);
            switch (code) {
                case LD_W_ABS -> accumulator = data.getInt(k);
                case AND_K -> accumulator &= k;
                case JA -> at += k;
                case JEQ_K -> at += accumulator == k ? yes : no;
                case JGT_K -> at += Integer.compareUnsigned(accumulator, k) > 0 ? yes : no;
                case JGE_K -> at += Integer.compareUnsigned(accumulator, k) >= 0 ? yes : no;
                case JSET_K -> at += (accumulator & k) != 0 ? yes : no;
                case RET_K -> {
                    return k;
                }
                default -> throw new AssertionError("instruction " + at + " has code " + Integer.toHexString(code));
            }
        }
    }
}
