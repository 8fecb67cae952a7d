// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Which cgroup controllers are there, and in which version. */
final class CgroupFindings {
    private static final List<String> WANTED =
            List.of("memory", "cpu", "cpuset", "pids", "io", "devices", "freezer", "hugetlb");

    private CgroupFindings() {}

    static List<Finding> of(Machine machine) {
        List<Mounted> mounts = machine.lines("proc/self/mounts").stream()
                .map(Mounted::parse)
                .flatMap(Optional::stream)
                .toList();
        List<Finding> findings = new ArrayList<>();
        findings.add(layout(mounts));
        TreeSet<String> present = new TreeSet<>();
        mounts.forEach(mount -> present.addAll(mount.controllers(machine)));
        // Version 2 has devices as a program and the freezer in every cgroup, and calls blkio io.
        if (mounts.stream().anyMatch(mount -> mount.version() == 2)) {
            present.addAll(List.of("devices", "freezer"));
        }
        for (String controller : WANTED) {
            boolean there = present.contains(controller) || (controller.equals("io") && present.contains("blkio"));
            findings.add(Finding.either(
                    there,
                    "cgroup " + controller,
                    there ? "is there" : "is not there: limits of it are refused",
                    "boot with it enabled (CONFIG_CGROUPS, cgroup_enable=" + controller + ") and mount it"));
        }
        return findings;
    }

    private static Finding layout(List<Mounted> mounts) {
        boolean one = mounts.stream().anyMatch(mount -> mount.version() == 1);
        boolean two = mounts.stream().anyMatch(mount -> mount.version() == 2);
        if (!one && !two) {
            return Finding.lacks("cgroups", "none are mounted", "mount -t cgroup2 none /sys/fs/cgroup");
        }
        return Finding.ok("cgroups", one && two ? "versions 1 and 2 (hybrid)" : one ? "version 1" : "version 2");
    }

    /** A mounted hierarchy. */
    private record Mounted(int version, String path, List<String> options) {
        static Optional<Mounted> parse(String line) {
            String[] fields = line.split(" ");
            return switch (fields[2]) {
                case "cgroup" -> Optional.of(new Mounted(1, fields[1], Arrays.asList(fields[3].split(","))));
                case "cgroup2" -> Optional.of(new Mounted(2, fields[1], List.of()));
                default -> Optional.empty();
            };
        }

        List<String> controllers(Machine machine) {
            return version == 1 ? options : machine.words(path.substring(1) + "/cgroup.controllers");
        }
    }
}
