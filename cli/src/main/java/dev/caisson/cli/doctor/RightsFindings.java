// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.doctor;

import dev.caisson.driver.command.Capability;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The rights that we run with. */
final class RightsFindings {
    private static final String EFFECTIVE = "CapEff:";

    private RightsFindings() {}

    static List<Finding> of(Machine machine) {
        String status = machine.text("proc/self/status").orElse("");
        long effective = status.lines()
                .filter(line -> line.startsWith(EFFECTIVE))
                .mapToLong(line -> Long.parseUnsignedLong(
                        line.substring(EFFECTIVE.length()).strip(), 16))
                .findFirst()
                .orElse(0);
        int last = machine.text("proc/sys/kernel/cap_last_cap")
                .map(Integer::parseInt)
                .orElse(Capability.values().length - 1);
        List<String> lacking = Arrays.stream(Capability.values())
                .filter(capability -> capability.number() <= last)
                .filter(capability -> (effective >>> capability.number() & 1) == 0)
                .map(Enum::name)
                .toList();
        boolean ordinary = status.lines()
                .filter(line -> line.startsWith("Uid:"))
                .anyMatch(line -> !line.split("\\s+")[1].equals("0"));
        return List.of(rights(lacking, last, ordinary));
    }

    private static Finding rights(List<String> lacking, int last, boolean ordinary) {
        if (lacking.isEmpty()) {
            return Finding.ok("rights", "every capability");
        }
        if (lacking.contains("SYS_ADMIN")) {
            return ordinary
                    ? Finding.note(
                            "rights",
                            "not root: containers are made in a user namespace",
                            "run it as root for bridges, devices and limits")
                    : Finding.lacks(
                            "rights", "no CAP_SYS_ADMIN: namespaces and mounts can't be made", "run it as root");
        }
        String names = lacking.stream().map(name -> "CAP_" + name).collect(Collectors.joining(", "));
        return Finding.note(
                "rights",
                "all " + (last + 1) + " capabilities but " + names,
                "containers can't have what we lack; run it as root of the host, outside containers, to have all");
    }
}
