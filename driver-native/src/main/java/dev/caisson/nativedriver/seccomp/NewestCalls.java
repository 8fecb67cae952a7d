// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.driver.command.Seccomp;
import dev.caisson.nativedriver.seccomp.BpfProgram.Instruction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The newest system calls that a profile knows: system calls get ever higher numbers, so that those above are newer than the
 * profile.
 *
 * @param refusal what the filter says of calls that the profile doesn't name
 * @param numbers by architecture, as the kernel numbers them, the highest number that the profile names; two for x86-64,
 *     where the calls of x32 begin at 2^30
 */
record NewestCalls(Instruction refusal, Map<Integer, List<Integer>> numbers) {
    private static final int X32 = 0x4000_0000;
    private static final int X86_64 = 0xc000_003e;
    private static final int TOKEN_X32 = 0x4000_003e;
    private static final int EPERM = 1;
    private static final int ENOSYS = 38;
    private static final int LAST = 0xffff_fffe;

    /** For profiles to which it doesn't matter. */
    static final NewestCalls NONE = new NewestCalls(Instruction.of(BpfProgram.RETURN, 0), Map.of());

    /**
     * Those of a profile that refuses by an error. One that kills, or that answers as if there were no such call anyway,
     * treats new calls no differently.
     *
     * @param architectures tokens of libseccomp
     */
    static NewestCalls of(FilterContext context, Seccomp.Profile profile, Set<Integer> architectures) {
        int errno = profile.defaultErrno().orElse(EPERM);
        if (profile.defaultAction() != Seccomp.Action.ERRNO || errno == ENOSYS) {
            return NONE;
        }
        List<String> names =
                profile.rules().stream().flatMap(rule -> rule.names().stream()).toList();
        Map<Integer, List<Integer>> numbers = new HashMap<>();
        for (int token : architectures) {
            int newest = context.newest(token, names);
            if (newest >= 0) {
                // To the kernel x32 is x86-64 with other numbers.
                numbers.computeIfAbsent(token == TOKEN_X32 ? X86_64 : token, architecture -> new ArrayList<>())
                        .add(newest);
            }
        }
        return new NewestCalls(Instruction.of(BpfProgram.RETURN, SeccompNumbers.RET_ERRNO | errno), numbers);
    }

    /** The ranges with ENOSYS as the answer to calls that are newer, where they were refused. */
    List<CallRange> applyTo(int architecture, List<CallRange> ranges) {
        List<Instruction> answer = List.of(Instruction.of(BpfProgram.RETURN, SeccompNumbers.RET_ERRNO | ENOSYS));
        List<CallRange> changed = ranges;
        for (int newest : numbers.getOrDefault(architecture, List.of())) {
            int end = newest < X32 ? X32 - 1 : LAST;
            changed = replace(changed, newest + 1, end, answer);
        }
        return changed;
    }

    private List<CallRange> replace(List<CallRange> ranges, int from, int to, List<Instruction> answer) {
        TreeSet<Integer> starts = new TreeSet<>(Comparator.comparingLong(Integer::toUnsignedLong));
        ranges.forEach(range -> starts.add(range.first()));
        starts.add(from);
        starts.add(to + 1);
        List<CallRange> result = new ArrayList<>();
        for (int start : starts) {
            List<Instruction> code = at(ranges, start);
            boolean newer = Integer.compareUnsigned(start, from) >= 0 && Integer.compareUnsigned(start, to) <= 0;
            List<Instruction> chosen = newer && code.equals(List.of(refusal)) ? answer : code;
            if (result.isEmpty() || !result.get(result.size() - 1).code().equals(chosen)) {
                result.add(new CallRange(start, chosen));
            }
        }
        return result;
    }

    private static List<Instruction> at(List<CallRange> ranges, int number) {
        List<Instruction> code = ranges.get(0).code();
        for (CallRange range : ranges) {
            if (Integer.compareUnsigned(range.first(), number) > 0) {
                break;
            }
            code = range.code();
        }
        return code;
    }
}
