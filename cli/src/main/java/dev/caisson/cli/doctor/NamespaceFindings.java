// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.doctor;

import java.util.ArrayList;
import java.util.List;

/** Which namespaces the kernel has, and how many it allows. */
final class NamespaceFindings {
    private static final List<String> NEEDED = List.of("mnt", "pid", "net", "ipc", "uts");
    private static final List<String> FURTHER = List.of("user", "cgroup", "time");

    private NamespaceFindings() {}

    static List<Finding> of(Machine machine) {
        List<Finding> findings = new ArrayList<>();
        List<String> missing = NEEDED.stream()
                .filter(name -> !machine.has("proc/self/ns/" + name))
                .toList();
        findings.add(
                missing.isEmpty()
                        ? Finding.ok("namespaces", String.join(", ", NEEDED))
                        : Finding.lacks(
                                "namespaces",
                                "the kernel has none of kind " + String.join(", ", missing),
                                "use a kernel with CONFIG_NAMESPACES and all kinds"));
        for (String name : FURTHER) {
            boolean there = machine.has("proc/self/ns/" + name);
            findings.add(Finding.either(
                    there && allowed(machine, name),
                    name + " namespace",
                    there ? limit(machine, name) : "the kernel has none",
                    there
                            ? "sysctl user.max_" + name + "_namespaces=10000"
                            : "use a kernel with " + name + " namespaces"));
        }
        return findings;
    }

    private static boolean allowed(Machine machine, String name) {
        return machine.text(limitFile(name)).filter("0"::equals).isEmpty();
    }

    private static String limit(Machine machine, String name) {
        return machine.text(limitFile(name)).map(most -> "at most " + most).orElse("is there");
    }

    private static String limitFile(String name) {
        return "proc/sys/user/max_" + name + "_namespaces";
    }
}
