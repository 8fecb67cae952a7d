// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.stats;

import java.time.Duration;
import java.util.List;

/**
 * Processor time.
 *
 * @param total all of it
 * @param perCpu for each processor, in their order; empty where it isn't counted (cgroup v2)
 * @param user in user mode
 * @param kernel in the kernel
 * @param periods quota periods so far
 * @param throttledPeriods those in which the quota ran out
 * @param throttled how long it had to wait for that
 */
public record CpuStats(
        Duration total,
        List<Duration> perCpu,
        Duration user,
        Duration kernel,
        long periods,
        long throttledPeriods,
        Duration throttled) {
    public CpuStats {
        perCpu = List.copyOf(perCpu);
    }
}
