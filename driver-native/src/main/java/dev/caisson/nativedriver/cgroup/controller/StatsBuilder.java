// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import dev.caisson.driver.stats.BlockIoStats;
import dev.caisson.driver.stats.CpuStats;
import dev.caisson.driver.stats.HugepageStats;
import dev.caisson.driver.stats.MemoryStats;
import dev.caisson.driver.stats.PidsStats;
import dev.caisson.driver.stats.Pressure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gathers what the controllers of one cgroup count. Not thread-safe. */
public final class StatsBuilder {
    private @Nullable CpuStats cpu;
    private @Nullable MemoryStats memory;
    private @Nullable BlockIoStats blockIo;
    private @Nullable PidsStats pids;
    private final Map<String, HugepageStats> hugepages = new LinkedHashMap<>();
    private final Map<String, Pressure> pressure = new LinkedHashMap<>();

    /** The time used; on v1 another controller adds the throttling. */
    public void cpuTime(Duration total, List<Duration> perCpu, Duration user, Duration kernel) {
        CpuStats known = known();
        cpu = new CpuStats(total, perCpu, user, kernel, known.periods(), known.throttledPeriods(), known.throttled());
    }

    /** What the quota did. */
    public void throttling(long periods, long throttledPeriods, Duration throttled) {
        CpuStats known = known();
        cpu = new CpuStats(
                known.total(), known.perCpu(), known.user(), known.kernel(), periods, throttledPeriods, throttled);
    }

    private CpuStats known() {
        return cpu != null
                ? cpu
                : new CpuStats(Duration.ZERO, List.of(), Duration.ZERO, Duration.ZERO, 0, 0, Duration.ZERO);
    }

    public void memory(MemoryStats value) {
        memory = value;
    }

    public void blockIo(BlockIoStats value) {
        blockIo = value;
    }

    public void pids(PidsStats value) {
        pids = value;
    }

    public void hugepages(String size, HugepageStats value) {
        hugepages.put(size, value);
    }

    public void pressure(String resource, Pressure value) {
        pressure.put(resource, value);
    }

    public Optional<CpuStats> cpu() {
        return Optional.ofNullable(cpu);
    }

    public Optional<MemoryStats> memory() {
        return Optional.ofNullable(memory);
    }

    public Optional<BlockIoStats> blockIo() {
        return Optional.ofNullable(blockIo);
    }

    public Optional<PidsStats> pids() {
        return Optional.ofNullable(pids);
    }

    public Map<String, HugepageStats> hugepages() {
        return hugepages;
    }

    public Map<String, Pressure> pressure() {
        return pressure;
    }
}
