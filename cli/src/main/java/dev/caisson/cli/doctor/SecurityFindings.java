// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.doctor;

import java.util.Arrays;
import java.util.List;

/** Filters of system calls, and security modules. */
final class SecurityFindings {
    private SecurityFindings() {}

    static List<Finding> of(Machine machine) {
        List<String> actions = machine.words("proc/sys/kernel/seccomp/actions_avail");
        Finding seccomp = actions.isEmpty()
                ? Finding.note(
                        "seccomp",
                        "the kernel has no filters: containers need --security-opt seccomp=unconfined",
                        "use a kernel with CONFIG_SECCOMP_FILTER")
                : Finding.ok("seccomp", String.join(" ", actions));
        List<String> modules = machine.text("sys/kernel/security/lsm")
                .map(text -> Arrays.asList(text.split(",")))
                .orElse(List.of());
        return List.of(seccomp, module("apparmor", modules), module("selinux", modules));
    }

    /** Not having one is no fault of a machine. */
    private static Finding module(String name, List<String> modules) {
        boolean there = modules.contains(name);
        return Finding.ok(name, there ? "is there" : "is not there; --security-opt with it is refused");
    }
}
