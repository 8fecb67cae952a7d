// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.Feature;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.nativedriver.machine.MachineFacts;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What keeps a container in: the kernel has it. */
final class SecurityChecks {
    private SecurityChecks() {}

    static void check(Findings findings, Command command, MachineFacts machine) {
        checkSeccomp(findings.at("seccomp"), command.security().seccomp(), machine.seccompActions());
        if (command.security().mountLabel().isPresent() && !machine.selinux()) {
            findings.at("mountLabel")
                    .unsupportedHere(
                            Feature.SELINUX,
                            "SELinux is not active on this kernel (no /sys/fs/selinux)",
                            "leave it out");
        }
    }

    private static void checkSeccomp(Findings findings, Seccomp seccomp, Set<String> available) {
        Set<Seccomp.Action> wanted = switch (seccomp) {
            case Seccomp.Unconfined unconfined -> Set.of();
            case Seccomp.Standard standard -> EnumSet.of(Seccomp.Action.ALLOW, Seccomp.Action.ERRNO);
            case Seccomp.Profile profile -> actions(profile);
        };
        if (available.isEmpty() && !wanted.isEmpty()) {
            findings.unsupportedHere(
                    Feature.SECCOMP,
                    "this kernel has no filters (no /proc/sys/kernel/seccomp)",
                    "run unconfined, or use a kernel with CONFIG_SECCOMP_FILTER");
            return;
        }
        for (Seccomp.Action action : wanted) {
            if (!available.contains(kernelName(action))) {
                findings.machine(
                        StandardErrorCode.KERNEL_LACKS,
                        "answers calls with " + action + ", which this kernel's filters can't (see"
                                + " /proc/sys/kernel/seccomp/actions_avail)",
                        "give another profile, or run unconfined");
            }
        }
    }

    private static Set<Seccomp.Action> actions(Seccomp.Profile profile) {
        Set<Seccomp.Action> actions = EnumSet.of(profile.defaultAction());
        profile.rules().forEach(rule -> actions.add(rule.action()));
        return actions;
    }

    private static String kernelName(Seccomp.Action action) {
        return action == Seccomp.Action.NOTIFY ? "user_notif" : action.name().toLowerCase(Locale.ROOT);
    }
}
