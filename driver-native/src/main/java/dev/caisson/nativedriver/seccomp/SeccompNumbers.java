// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.driver.command.Seccomp;
import java.util.Set;

/** The numbers of seccomp(2) and of libseccomp. */
final class SeccompNumbers {
    static final int RET_KILL_PROCESS = 0x8000_0000;
    static final int RET_KILL_THREAD = 0;
    static final int RET_TRAP = 0x0003_0000;
    static final int RET_ERRNO = 0x0005_0000;
    static final int RET_NOTIFY = 0x7fc0_0000;
    static final int RET_TRACE = 0x7ff0_0000;
    static final int RET_LOG = 0x7ffc_0000;
    static final int RET_ALLOW = 0x7fff_0000;

    /** SECCOMP_FILTER_FLAG_NEW_LISTENER. */
    static final int NEW_LISTENER = 1 << 3;

    private SeccompNumbers() {}

    /** An action with its error number, which only ERRNO and TRACE take. */
    static int action(Seccomp.Action action, int errno) {
        return switch (action) {
            case KILL_PROCESS -> RET_KILL_PROCESS;
            case KILL_THREAD -> RET_KILL_THREAD;
            case TRAP -> RET_TRAP;
            case ERRNO -> RET_ERRNO | errno;
            case NOTIFY -> RET_NOTIFY;
            case TRACE -> RET_TRACE | errno;
            case LOG -> RET_LOG;
            case ALLOW -> RET_ALLOW;
        };
    }

    /** {@code enum scmp_compare}. */
    static int operator(Seccomp.Operator operator) {
        return switch (operator) {
            case NOT_EQUAL -> 1;
            case LESS -> 2;
            case LESS_EQUAL -> 3;
            case EQUAL -> 4;
            case GREATER_EQUAL -> 5;
            case GREATER -> 6;
            case MASKED_EQUAL -> 7;
        };
    }

    /** SECCOMP_FILTER_FLAG_*. */
    static int flags(Set<Seccomp.Flag> flags) {
        int bits = 0;
        for (Seccomp.Flag flag : flags) {
            bits |= switch (flag) {
                case TSYNC -> 1;
                case LOG -> 1 << 1;
                case SPEC_ALLOW -> 1 << 2;
                case WAIT_KILLABLE_RECV -> 1 << 5;
            };
        }
        return bits;
    }
}
