// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import dev.caisson.nativedriver.procfs.Numbers;
import java.util.List;
import java.util.OptionalLong;

/** What both versions of the cpu controller have, of kernels that are new enough. */
public final class CpuSettings {
    private static final String BURST = "resources.cpu.burst";
    private static final String IDLE = "resources.cpu.idle";

    private CpuSettings() {}

    /**
     * Adds the burst to settings of the quota: before or after them, since it may not be more than the quota at any moment.
     *
     * @param name of its control file
     */
    public static void addBurst(LimitRequest request, String name, List<Setting> bandwidth) {
        OptionalLong burst = request.resources().cpu().burst();
        if (burst.isEmpty()) {
            return;
        }
        String file = request.need(BURST, name, "use Linux 5.14 or later, or leave it out");
        long current = request.current(name).map(Numbers::single).orElse(0L);
        boolean lower = burst.getAsLong() < current;
        bandwidth.add(lower ? 0 : bandwidth.size(), Setting.of(BURST, file, burst.getAsLong()));
    }

    /** Adds whether it runs only when nobody else wants to. Must be last: an idle cgroup takes no shares or weight. */
    public static void addIdle(LimitRequest request, List<Setting> settings) {
        request.resources()
                .cpu()
                .idle()
                .ifPresent(value -> settings.add(
                        Setting.of(IDLE, request.need(IDLE, "cpu.idle", "use Linux 5.15 or later"), value)));
    }
}
