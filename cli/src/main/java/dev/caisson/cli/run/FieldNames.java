// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.driver.check.Mistake;
import java.util.Map;

/** Which option fills which field of a Command, so that a mistake in the field is told as one of the option. */
final class FieldNames {
    private static final Map<String, String> OPTIONS = Map.ofEntries(
            Map.entry("process.args", "COMMAND"),
            Map.entry("process.env", "--env"),
            Map.entry("process.user", "--user"),
            Map.entry("process.groups", "--group-add"),
            Map.entry("process.rlimits", "--ulimit"),
            Map.entry("process.oomScoreAdj", "--oom-score-adj"),
            Map.entry("rootfs", "--rootfs"),
            Map.entry("namespaces.user", "--userns"),
            Map.entry("network", "--network"),
            Map.entry("network.interfaces[0].mac", "--mac-address"),
            Map.entry("network.interfaces[0].ports", "--publish"),
            Map.entry("hostname", "--hostname"),
            Map.entry("domainname", "--domainname"),
            Map.entry("mounts", "--volume, --mount or --tmpfs"),
            Map.entry("devices", "--device"),
            Map.entry("resources.memory.limit", "--memory"),
            Map.entry("resources.memory.swap", "--memory-swap"),
            Map.entry("resources.memory.reservation", "--memory-reservation"),
            Map.entry("resources.memory.swappiness", "--memory-swappiness"),
            Map.entry("resources.cpu.shares", "--cpu-shares"),
            Map.entry("resources.cpu.quota", "--cpu-quota or --cpus"),
            Map.entry("resources.cpu.period", "--cpu-period"),
            Map.entry("resources.cpu.realtimePeriod", "--cpu-rt-period"),
            Map.entry("resources.cpu.realtimeRuntime", "--cpu-rt-runtime"),
            Map.entry("resources.cpu.cpus", "--cpuset-cpus"),
            Map.entry("resources.cpu.mems", "--cpuset-mems"),
            Map.entry("resources.pids", "--pids-limit"),
            Map.entry("resources.blockIo.weight", "--blkio-weight"),
            Map.entry("resources.devices", "--device-cgroup-rule"),
            Map.entry("cgroup", "--cgroup-parent"),
            Map.entry("security.seccomp", "--security-opt seccomp"),
            Map.entry("sysctl", "--sysctl"));

    private FieldNames() {}

    /** Returns the mistake as a line that names the option, and within it the element or key that is meant. */
    static String describe(Mistake mistake) {
        String path = mistake.path();
        String field = path;
        while (!field.isEmpty() && !OPTIONS.containsKey(field)) {
            field = field.substring(0, Math.max(0, Math.max(field.lastIndexOf('.'), field.lastIndexOf('['))));
        }
        String option = OPTIONS.getOrDefault(field, path);
        String key = keyOf(path.substring(field.length()));
        return option + key + ": " + mistake.problem() + "; " + mistake.remedy();
    }

    /** Of {@code [net.x]} or {@code [3].target} the key of a map is worth telling; a number counts our defaults too. */
    private static String keyOf(String rest) {
        int end = rest.indexOf(']');
        boolean key = rest.startsWith("[") && end > 0 && !rest.substring(1, end).matches("[0-9]+");
        return key ? " " + rest.substring(1, end) : "";
    }
}
