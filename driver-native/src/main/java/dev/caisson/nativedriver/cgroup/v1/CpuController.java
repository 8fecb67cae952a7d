// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.nativedriver.cgroup.controller.CgroupFiles;
import dev.caisson.nativedriver.cgroup.controller.Controller;
import dev.caisson.nativedriver.cgroup.controller.CpuSettings;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import dev.caisson.nativedriver.cgroup.controller.StatsBuilder;
import dev.caisson.nativedriver.procfs.FlatKeyed;
import dev.caisson.nativedriver.procfs.Numbers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Processor time (Documentation/scheduler/sched-bwc.rst, sched-rt-group.rst). */
public final class CpuController implements Controller {
    private static final String FIELD = "resources.cpu.";
    private static final String QUOTA = "cpu.cfs_quota_us";
    private static final String PERIOD = "cpu.cfs_period_us";
    private static final String BURST = "cpu.cfs_burst_us";

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public List<Setting> settings(LimitRequest request) {
        CpuLimits cpu = request.resources().cpu();
        List<Setting> settings = new ArrayList<>();
        cpu.shares().ifPresent(value -> settings.add(Setting.of(FIELD + "shares", "cpu.shares", value)));
        settings.addAll(bandwidth(request, cpu));
        cpu.realtimePeriod()
                .ifPresent(value -> settings.add(realtime(request, "realtimePeriod", "cpu.rt_period_us", value)));
        cpu.realtimeRuntime()
                .ifPresent(value -> settings.add(realtime(request, "realtimeRuntime", "cpu.rt_runtime_us", value)));
        CpuSettings.addIdle(request, settings);
        return settings;
    }

    private static Setting realtime(LimitRequest request, String field, String file, long value) {
        return Setting.of(
                FIELD + field,
                request.need(FIELD + field, file, "use a kernel with CONFIG_RT_GROUP_SCHED, or leave it out"),
                value);
    }

    /**
     * Quota, period and burst in an order in which each is allowed with what the others are at that moment: the kernel
     * wants the share (quota / period) to be no more than the parent's and the burst to be no more than the quota.
     */
    private static List<Setting> bandwidth(LimitRequest request, CpuLimits cpu) {
        List<Setting> settings = new ArrayList<>();
        cpu.period().ifPresent(value -> settings.add(Setting.of(FIELD + "period", PERIOD, value)));
        cpu.quota().ifPresent(value -> settings.add(Setting.of(FIELD + "quota", QUOTA, value)));
        if (quotaFirst(request, cpu)) {
            settings.add(0, settings.remove(1));
        }
        CpuSettings.addBurst(request, BURST, settings);
        return settings;
    }

    /** A shorter period with the old quota would be a larger share for a moment: then the quota goes first. */
    private static boolean quotaFirst(LimitRequest request, CpuLimits cpu) {
        OptionalLong period = cpu.period();
        if (period.isEmpty() || cpu.quota().isEmpty()) {
            return false;
        }
        long currentQuota = request.current(QUOTA).map(Numbers::single).orElse(Numbers.UNLIMITED);
        long currentPeriod = request.current(PERIOD).map(Numbers::single).orElse(period.getAsLong());
        return currentQuota != Numbers.UNLIMITED && period.getAsLong() < currentPeriod;
    }

    @Override
    public void count(CgroupFiles files, StatsBuilder stats) {
        files.read("cpu.stat")
                .map(FlatKeyed::parse)
                .ifPresent(counters -> stats.throttling(
                        counters.getOrDefault("nr_periods", 0L),
                        counters.getOrDefault("nr_throttled", 0L),
                        throttled(counters)));
    }

    private static Duration throttled(Map<String, Long> counters) {
        return Duration.ofNanos(counters.getOrDefault("throttled_time", 0L));
    }
}
