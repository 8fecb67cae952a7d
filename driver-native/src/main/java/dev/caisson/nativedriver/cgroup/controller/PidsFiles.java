// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import dev.caisson.driver.stats.PidsStats;
import dev.caisson.nativedriver.procfs.Numbers;
import java.util.List;
import java.util.OptionalLong;

/** The pids controller, which both versions have alike (Documentation/admin-guide/cgroup-v2.rst, "PID"). */
public abstract class PidsFiles implements Controller {
    private static final String MAX = "pids.max";

    @Override
    public final String name() {
        return "pids";
    }

    @Override
    public final List<Setting> settings(LimitRequest request) {
        OptionalLong pids = request.resources().pids();
        if (pids.isEmpty()) {
            return List.of();
        }
        long most = pids.getAsLong();
        return List.of(Setting.of("resources.pids", MAX, most < 0 ? "max" : Long.toString(most)));
    }

    @Override
    public final void count(CgroupFiles files, StatsBuilder stats) {
        files.read("pids.current")
                .map(Numbers::single)
                .ifPresent(current -> stats.pids(new PidsStats(
                        current, files.read(MAX).map(Numbers::limit).orElse(Numbers.UNLIMITED))));
    }
}
