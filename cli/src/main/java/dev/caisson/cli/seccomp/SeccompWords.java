// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.seccomp;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.Seccomp;

/** libseccomp's names for actions, comparisons and flags. */
final class SeccompWords {
    private static final String FLAG = "SECCOMP_FILTER_FLAG_";

    private SeccompWords() {}

    static Seccomp.Action action(String name) {
        return switch (name) {
            case "SCMP_ACT_KILL", "SCMP_ACT_KILL_THREAD" -> Seccomp.Action.KILL_THREAD;
            case "SCMP_ACT_KILL_PROCESS" -> Seccomp.Action.KILL_PROCESS;
            case "SCMP_ACT_TRAP" -> Seccomp.Action.TRAP;
            case "SCMP_ACT_ERRNO" -> Seccomp.Action.ERRNO;
            case "SCMP_ACT_NOTIFY" -> Seccomp.Action.NOTIFY;
            case "SCMP_ACT_TRACE" -> Seccomp.Action.TRACE;
            case "SCMP_ACT_LOG" -> Seccomp.Action.LOG;
            case "SCMP_ACT_ALLOW" -> Seccomp.Action.ALLOW;
            default ->
                throw new BadValueException(
                        "has the seccomp action \"" + name + "\"", "give one of libseccomp's, such as SCMP_ACT_ERRNO");
        };
    }

    static Seccomp.Operator operator(String name) {
        return switch (name) {
            case "SCMP_CMP_NE" -> Seccomp.Operator.NOT_EQUAL;
            case "SCMP_CMP_LT" -> Seccomp.Operator.LESS;
            case "SCMP_CMP_LE" -> Seccomp.Operator.LESS_EQUAL;
            case "SCMP_CMP_EQ" -> Seccomp.Operator.EQUAL;
            case "SCMP_CMP_GE" -> Seccomp.Operator.GREATER_EQUAL;
            case "SCMP_CMP_GT" -> Seccomp.Operator.GREATER;
            case "SCMP_CMP_MASKED_EQ" -> Seccomp.Operator.MASKED_EQUAL;
            default ->
                throw new BadValueException(
                        "has the seccomp operator \"" + name + "\"", "give one of libseccomp's, such as SCMP_CMP_EQ");
        };
    }

    static Seccomp.Flag flag(String name) {
        try {
            return Seccomp.Flag.valueOf(name.startsWith(FLAG) ? name.substring(FLAG.length()) : name);
        } catch (IllegalArgumentException unknown) {
            throw new BadValueException(
                    "has the seccomp flag \"" + name + "\"", "give one of seccomp(2), such as " + FLAG + "LOG");
        }
    }
}
