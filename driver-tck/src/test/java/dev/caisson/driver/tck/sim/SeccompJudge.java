// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.Seccomp;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Decides about the few system calls that the probe's deeds stand for. */
final class SeccompJudge {
    /** What becomes of a call. */
    record Verdict(Seccomp.Action action, int errno) {
        static final Verdict ALLOWED = new Verdict(Seccomp.Action.ALLOW, 0);
    }

    private static final int EPERM = 1;

    private SeccompJudge() {}

    static Verdict judge(Seccomp seccomp, Set<Capability> capabilities, String call, long... arguments) {
        return switch (seccomp) {
            case Seccomp.Unconfined none -> Verdict.ALLOWED;
            case Seccomp.Standard standard ->
                call.equals("unshare") && !capabilities.contains(Capability.SYS_ADMIN)
                        ? new Verdict(Seccomp.Action.ERRNO, EPERM)
                        : Verdict.ALLOWED;
            case Seccomp.Profile profile -> judge(profile, call, arguments);
        };
    }

    private static Verdict judge(Seccomp.Profile profile, String call, long... arguments) {
        for (Seccomp.Rule rule : profile.rules()) {
            if (rule.names().contains(call)
                    && rule.arguments().stream().allMatch(argument -> matches(argument, arguments))) {
                return new Verdict(rule.action(), errno(rule.errno()));
            }
        }
        boolean usual = !List.of("mkdir", "kill", "unshare").contains(call);
        return usual ? Verdict.ALLOWED : new Verdict(profile.defaultAction(), errno(profile.defaultErrno()));
    }

    private static int errno(OptionalInt errno) {
        return errno.orElse(EPERM);
    }

    private static boolean matches(Seccomp.Argument argument, long... arguments) {
        long value = arguments[argument.index()];
        int compared = Long.compareUnsigned(value, argument.value());
        return switch (argument.operator()) {
            case EQUAL -> compared == 0;
            case NOT_EQUAL -> compared != 0;
            case LESS -> compared < 0;
            case LESS_EQUAL -> compared <= 0;
            case GREATER -> compared > 0;
            case GREATER_EQUAL -> compared >= 0;
            case MASKED_EQUAL -> (value & argument.value()) == argument.valueTwo();
        };
    }
}
