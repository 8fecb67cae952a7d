// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A classic BPF program for seccomp(2): an array of {@code struct sock_filter} {u16 code, u8 jt, u8 jf, u32 k}. */
record BpfProgram(List<Instruction> instructions) {
    static final int LOAD = 0x20;
    static final int JUMP = 0x05;
    static final int IF_EQUAL = 0x15;
    static final int IF_GREATER = 0x25;
    static final int IF_AT_LEAST = 0x35;
    static final int IF_BITS = 0x45;
    static final int AND = 0x54;
    static final int RETURN = 0x06;

    /** The farthest that a condition can jump. */
    static final int FAR = 255;

    /** Where {@code struct seccomp_data} has the number of the call and the architecture. */
    static final int NUMBER = 0;

    static final int ARCHITECTURE = 4;

    private static final int SIZE = 8;

    /**
     * One instruction.
     *
     * @param code what it does
     * @param yes how many instructions a condition that holds passes over
     * @param no how many one that doesn't hold passes over
     * @param k its number
     */
    record Instruction(int code, int yes, int no, int k) {
        static Instruction of(int code, int k) {
            return new Instruction(code, 0, 0, k);
        }

        boolean isCondition() {
            return code == IF_EQUAL || code == IF_GREATER || code == IF_AT_LEAST || code == IF_BITS;
        }

        boolean isKnown() {
            return isCondition() || code == LOAD || code == JUMP || code == AND || code == RETURN;
        }

        /** Whether a condition holds for that number; all comparisons are unsigned. */
        boolean holds(int number) {
            return switch (code) {
                case IF_EQUAL -> number == k;
                case IF_GREATER -> Integer.compareUnsigned(number, k) > 0;
                case IF_AT_LEAST -> Integer.compareUnsigned(number, k) >= 0;
                case IF_BITS -> (number & k) != 0;
                default -> throw new IllegalStateException("no condition: " + this);
            };
        }
    }

    BpfProgram {
        instructions = List.copyOf(instructions);
    }

    static BpfProgram decode(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        List<Instruction> instructions = new ArrayList<>(bytes.length / SIZE);
        while (buffer.hasRemaining()) {
            instructions.add(new Instruction(
                    Short.toUnsignedInt(buffer.getShort()),
                    Byte.toUnsignedInt(buffer.get()),
                    Byte.toUnsignedInt(buffer.get()),
                    buffer.getInt()));
        }
        return new BpfProgram(instructions);
    }

    byte[] encode() {
        ByteBuffer buffer = ByteBuffer.allocate(instructions.size() * SIZE).order(ByteOrder.nativeOrder());
        for (Instruction instruction : instructions) {
            buffer.putShort((short) instruction.code())
                    .put((byte) instruction.yes())
                    .put((byte) instruction.no())
                    .putInt(instruction.k());
        }
        return buffer.array();
    }

    Instruction at(int index) {
        return instructions.get(index);
    }

    int size() {
        return instructions.size();
    }

    /** What can be reached from an instruction on, as a program of its own. Jumps only ever get shorter by that. */
    List<Instruction> from(int start) {
        TreeSet<Integer> reached = new TreeSet<>();
        TreeSet<Integer> open = new TreeSet<>(List.of(start));
        while (!open.isEmpty()) {
            int index = open.pollFirst();
            reached.add(index);
            Instruction instruction = at(index);
            if (instruction.isCondition()) {
                open.add(index + 1 + instruction.yes());
                open.add(index + 1 + instruction.no());
            } else if (instruction.code() == JUMP) {
                open.add(index + 1 + instruction.k());
            } else if (instruction.code() != RETURN) {
                open.add(index + 1);
            }
        }
        List<Integer> kept = List.copyOf(reached);
        List<Instruction> copy = new ArrayList<>(kept.size());
        for (int index : kept) {
            Instruction instruction = at(index);
            int here = copy.size() + 1;
            if (instruction.isCondition()) {
                copy.add(new Instruction(
                        instruction.code(),
                        kept.indexOf(index + 1 + instruction.yes()) - here,
                        kept.indexOf(index + 1 + instruction.no()) - here,
                        instruction.k()));
            } else if (instruction.code() == JUMP) {
                copy.add(Instruction.of(JUMP, kept.indexOf(index + 1 + instruction.k()) - here));
            } else {
                copy.add(instruction);
            }
        }
        return copy;
    }
}
