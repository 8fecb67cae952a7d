// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import java.util.List;

/**
 * A line of {@code /proc/pid/cgroup} (cgroups(7)): where a process is in one hierarchy.
 *
 * @param hierarchy number of the hierarchy; 0 for cgroup v2
 * @param controllers what it controls, such as {@code cpu}, {@code cpuacct} or {@code name=systemd}; empty for v2
 * @param path of the cgroup, below the root of our cgroup namespace; begins with {@code /..} when it is outside
 */
public record CgroupMembership(int hierarchy, List<String> controllers, String path) {
    private static final String FORMAT = "/proc/pid/cgroup";

    public CgroupMembership {
        controllers = List.copyOf(controllers);
    }

    /** All lines in the order of the file. */
    public static List<CgroupMembership> parse(String content) {
        return content.lines()
                .filter(line -> !line.isBlank())
                .map(CgroupMembership::parseLine)
                .toList();
    }

    /** Whether this is the cgroup v2 hierarchy. */
    public boolean isUnified() {
        return hierarchy == 0 && controllers.isEmpty();
    }

    private static CgroupMembership parseLine(String line) {
        // The path may have colons in it.
        String[] fields = line.split(":", 3);
        if (fields.length != 3 || !fields[2].startsWith("/")) {
            throw new MalformedFileException(FORMAT, line);
        }
        List<String> controllers = fields[1].isEmpty() ? List.of() : List.of(fields[1].split(","));
        return new CgroupMembership((int) Numbers.parse(FORMAT, line, fields[0]), controllers, fields[2]);
    }
}
