// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.nativedriver.seccomp.BpfProgram.Instruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts a program together from its end to its start: jumps only lead forward, so that where they lead is known by then, and
 * what was put down once can be jumped to from many places. Places are counted from the end.
 */
final class FilterAssembler {
    private final List<Instruction> backwards = new ArrayList<>();
    private final Map<List<Instruction>, Integer> blocks = new HashMap<>();

    /** Returns the place of code that ends in a return whichever way it takes; the same for the same code. */
    int block(List<Instruction> code) {
        return blocks.computeIfAbsent(code, this::append);
    }

    private int append(List<Instruction> code) {
        code.reversed().forEach(backwards::add);
        return backwards.size() - 1;
    }

    /** Puts down a condition that leads to one of two places; returns its own. */
    int condition(int code, int k, int yes, int no) {
        int reachableNo = reachable(no, 2);
        int reachableYes = reachable(yes, 1);
        backwards.add(new Instruction(code, distance(reachableYes), distance(reachableNo), k));
        return backwards.size() - 1;
    }

    /** Puts down a load, after which it goes on at {@code next}. */
    void load(int offset, int next) {
        if (next != backwards.size() - 1) {
            nearer(next);
        }
        backwards.add(Instruction.of(BpfProgram.LOAD, offset));
    }

    /** A place with the same effect that a condition can jump to when up to {@code more} instructions come before it. */
    private int reachable(int place, int more) {
        return distance(place) + more <= BpfProgram.FAR ? place : nearer(place);
    }

    private int nearer(int place) {
        Instruction there = backwards.get(place);
        boolean isEnd = there.code() == BpfProgram.RETURN;
        if (isEnd) {
            blocks.put(List.of(there), backwards.size());
        }
        backwards.add(isEnd ? there : Instruction.of(BpfProgram.JUMP, distance(place)));
        return backwards.size() - 1;
    }

    /** How many instructions are between the next one that is put down and that place. */
    private int distance(int place) {
        return backwards.size() - place - 1;
    }

    /** Returns the place of what was put down last. */
    int last() {
        return backwards.size() - 1;
    }

    BpfProgram program() {
        return new BpfProgram(backwards.reversed());
    }
}
