// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import java.util.List;

/** What one controller can limit, count and report, in one version of cgroups. */
public interface Controller {
    /** The kernel's name for it. */
    String name();

    /**
     * What has to be written, in this order, for the limits that are this controller's.
     *
     * @throws dev.caisson.driver.DriverException for a limit that this kernel cannot set
     */
    default List<Setting> settings(LimitRequest request) {
        return List.of();
    }

    /** Adds what it counts. */
    default void count(CgroupFiles files, StatsBuilder stats) {}

    /** Files worth reading when the container has ended, as far as this kernel has them. */
    default List<String> reportFiles() {
        return List.of();
    }
}
