// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rlimit;
import dev.caisson.nativedriver.kernel.ResourceLimit;
import dev.caisson.nativedriver.machine.MachineFacts;
import java.util.Map;

/** How much argv and environment hold: more than execve(2) takes is E2BIG, which says nothing about what is too long. */
final class ArgumentSize {
    /** MAX_ARG_STRLEN: one string with its NUL. */
    private static final int LONGEST_STRING = 128 * 1024;

    /** Below this the kernel doesn't limit, however small the stack. */
    private static final long LEAST_TOTAL = 128 * 1024;

    /** Three quarters of _STK_LIM. */
    private static final long MOST_TOTAL = 6L * 1024 * 1024;

    private static final int POINTER = 8;

    private ArgumentSize() {}

    static void check(Findings findings, ProcessConfig process, MachineFacts machine) {
        long total = 0;
        for (int i = 0; i < process.args().size(); i++) {
            long size = size(process.args().get(i));
            checkString(findings.at("args").at(i), size);
            total += size + POINTER;
        }
        for (Map.Entry<String, String> variable : process.env().entrySet()) {
            long size = size(variable.getKey()) + size(variable.getValue());
            checkString(findings.at("env[" + variable.getKey() + "]"), size);
            total += size + POINTER;
        }
        long most = most(process, machine);
        if (total > most) {
            findings.at("args")
                    .mistake(
                            "hold " + total + " bytes together with env; the kernel takes at most " + most
                                    + ", a quarter of the stack's limit",
                            "pass the data by a file or standard input, or raise the rlimit STACK");
        }
    }

    private static void checkString(Findings findings, long size) {
        if (size > LONGEST_STRING) {
            findings.mistake(
                    "is " + size + " bytes long; the kernel takes at most " + LONGEST_STRING + " in one string",
                    "pass the data by a file or standard input");
        }
    }

    private static long most(ProcessConfig process, MachineFacts machine) {
        long stack = process.rlimits().stream()
                .filter(limit -> limit.type() == Rlimit.Type.STACK)
                .map(Rlimit::soft)
                .findFirst()
                .orElse(machine.limits()
                        .getOrDefault(Rlimit.Type.STACK, ResourceLimit.UNBOUNDED)
                        .soft());
        long quarter = stack == ResourceLimit.UNLIMITED ? MOST_TOTAL : Math.min(stack / 4, MOST_TOTAL);
        return Math.max(quarter, LEAST_TOTAL);
    }

    /** The bytes that a string takes in UTF-8 with what ends it: the NUL, or the = behind a variable's name. */
    private static long size(String text) {
        long size = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            // A surrogate is half of a character of four bytes.
            size += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return size;
    }
}
