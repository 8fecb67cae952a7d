// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.stats.ResourceStats;
import dev.caisson.nativedriver.container.ActiveContainer;

/** Tells what a running container has used so far. */
public final class StatsOf {
    private final CgroupOf cgroups;

    public StatsOf(CgroupOf cgroups) {
        this.cgroups = cgroups;
    }

    public ResourceStats stats(ActiveContainer container) {
        String doing = "read the statistics of container \"" + container.id() + "\"";
        return cgroups.use(
                doing, container, cgroup -> cgroup.stats(container.process().pid()));
    }
}
