// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files of lines {@code key number}: memory.stat, cpu.stat, cpuacct.stat, memory.events, memory.oom_control, cgroup.events
 * (Documentation/admin-guide/cgroup-v2.rst, "flat keyed").
 */
public final class FlatKeyed {
    private FlatKeyed() {}

    /** The counters in the order of the file. */
    public static Map<String, Long> parse(String content) {
        Map<String, Long> counters = new LinkedHashMap<>();
        content.lines().filter(line -> !line.isBlank()).forEach(line -> {
            int space = line.indexOf(' ');
            if (space <= 0) {
                throw new MalformedFileException("list of counters", line);
            }
            counters.put(
                    line.substring(0, space),
                    Numbers.parse(
                            "list of counters", line, line.substring(space + 1).strip()));
        });
        return counters;
    }
}
