// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.nativedriver.seccomp.BpfProgram.Instruction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a filter made by libseccomp says, architecture by architecture and number by number. It runs the filter with both
 * known, as far as that leads; all that is left is the comparison of arguments.
 */
final class FilterAnalysis {
    /** The filter does what this analysis can't follow. */
    static final class UnknownShapeException extends Exception {
        private static final long serialVersionUID = 1;

        UnknownShapeException(String message) {
            super(message);
        }
    }

    private final BpfProgram program;

    /** What is left to do from an instruction on, for each that was followed to. */
    private final Map<Integer, List<Instruction>> continuations = new HashMap<>();

    FilterAnalysis(BpfProgram program) throws UnknownShapeException {
        this.program = program;
        for (Instruction instruction : program.instructions()) {
            if (!instruction.isKnown()) {
                throw new UnknownShapeException("there is no instruction " + instruction);
            }
        }
    }

    /** The architectures that the filter asks for, in the order in which it does. */
    List<Integer> architectures() {
        Set<Integer> found = new LinkedHashSet<>();
        collect(0, new BitSet(), found);
        return List.copyOf(found);
    }

    /** Goes all ways from an instruction on, as long as it is the architecture that was loaded last. */
    private void collect(int at, BitSet seen, Set<Integer> found) {
        if (seen.get(at)) {
            return;
        }
        seen.set(at);
        Instruction instruction = program.at(at);
        if (instruction.isCondition()) {
            found.add(instruction.k());
            collect(at + 1 + instruction.yes(), seen, found);
            collect(at + 1 + instruction.no(), seen, found);
        } else if (instruction.code() == BpfProgram.JUMP) {
            collect(at + 1 + instruction.k(), seen, found);
        } else if (instruction.code() == BpfProgram.LOAD && instruction.k() == BpfProgram.ARCHITECTURE) {
            collect(at + 1, seen, found);
        }
    }

    /** What the filter says of calls of any other architecture. */
    Instruction others() throws UnknownShapeException {
        Set<Integer> known = Set.copyOf(architectures());
        int other = 1;
        while (known.contains(other)) {
            other++;
        }
        List<CallRange> ranges = ranges(other);
        List<Instruction> code = ranges.get(0).code();
        if (ranges.size() != 1 || code.size() != 1) {
            throw new UnknownShapeException("it tells calls of unknown architectures apart");
        }
        return code.get(0);
    }

    /** The ranges of numbers from 0 up for one architecture; two neighbours are never treated alike. */
    List<CallRange> ranges(int architecture) throws UnknownShapeException {
        List<CallRange> ranges = new ArrayList<>();
        for (int first : boundaries()) {
            List<Instruction> code = continuations.computeIfAbsent(follow(architecture, first), program::from);
            if (ranges.isEmpty() || !ranges.get(ranges.size() - 1).code().equals(code)) {
                ranges.add(new CallRange(first, code));
            }
        }
        return ranges;
    }

    /** Every number at which some comparison may change its outcome. */
    private Set<Integer> boundaries() {
        Set<Integer> boundaries = new TreeSet<>(Comparator.comparingLong(Integer::toUnsignedLong));
        boundaries.add(0);
        for (Instruction instruction : program.instructions()) {
            if (instruction.isCondition()) {
                boundaries.add(instruction.k());
                boundaries.add(instruction.k() + 1);
            }
        }
        return boundaries;
    }

    /** The first instruction that a call gets to whose outcome its number and architecture don't decide. */
    private int follow(int architecture, int number) throws UnknownShapeException {
        int accumulator = 0;
        int at = 0;
        while (true) {
            Instruction instruction = program.at(at);
            switch (instruction.code()) {
                case BpfProgram.RETURN -> {
                    return at;
                }
                case BpfProgram.LOAD -> {
                    if (instruction.k() == BpfProgram.NUMBER) {
                        accumulator = number;
                    } else if (instruction.k() == BpfProgram.ARCHITECTURE) {
                        accumulator = architecture;
                    } else {
                        return at;
                    }
                }
                case BpfProgram.JUMP -> at += instruction.k();
                case BpfProgram.IF_EQUAL, BpfProgram.IF_GREATER, BpfProgram.IF_AT_LEAST ->
                    at += instruction.holds(accumulator) ? instruction.yes() : instruction.no();
                default -> throw new UnknownShapeException("it looks at bits of a call's number");
            }
            at++;
        }
    }
}
