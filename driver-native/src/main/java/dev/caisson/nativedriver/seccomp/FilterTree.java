// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.nativedriver.seccomp.FilterAnalysis.UnknownShapeException;
import java.util.List;

/**
 * Writes a filter anew: per architecture a binary search among ranges of numbers, where libseccomp has a comparison for each
 * single number. The kernel checks, translates and tries out a filter for every process that gets it: for Docker's profile
 * that takes 0.72 ms as libseccomp writes it, 0.21 ms as it writes it optimized, and 0.08 ms so (docs/decisions/0004).
 */
final class FilterTree {
    private FilterTree() {}

    /**
     * Returns the same filter with fewer instructions. Calls that are newer than the profile are answered as a kernel answers
     * that doesn't have them, if the profile would refuse them with another error: what asks for a new call first and falls
     * back to an old one (as the C library does) takes any other error for final.
     *
     * @param newest the calls that the profile knows
     * @return {@code compiled} itself if it is not of a shape that can be followed
     */
    static BpfProgram rewrite(BpfProgram compiled, NewestCalls newest) {
        try {
            FilterAnalysis analysis = new FilterAnalysis(compiled);
            FilterAssembler assembler = new FilterAssembler();
            int next = assembler.block(List.of(analysis.others()));
            for (int architecture : analysis.architectures().reversed()) {
                List<CallRange> ranges = newest.applyTo(architecture, analysis.ranges(architecture));
                assembler.load(BpfProgram.NUMBER, search(assembler, ranges));
                int section = assembler.last();
                next = assembler.condition(BpfProgram.IF_EQUAL, architecture, section, next);
            }
            assembler.load(BpfProgram.ARCHITECTURE, next);
            return assembler.program();
        } catch (UnknownShapeException unknown) {
            return compiled;
        }
    }

    private static int search(FilterAssembler assembler, List<CallRange> ranges) {
        if (ranges.size() == 1) {
            return assembler.block(ranges.get(0).code());
        }
        int middle = ranges.size() / 2;
        int above = search(assembler, ranges.subList(middle, ranges.size()));
        int below = search(assembler, ranges.subList(0, middle));
        return assembler.condition(BpfProgram.IF_AT_LEAST, ranges.get(middle).first(), above, below);
    }
}
