// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v2;

import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.nativedriver.cgroup.controller.CgroupFiles;
import dev.caisson.nativedriver.cgroup.controller.Controller;
import dev.caisson.nativedriver.cgroup.controller.CpuSettings;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import dev.caisson.nativedriver.cgroup.controller.StatsBuilder;
import dev.caisson.nativedriver.procfs.FlatKeyed;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Processor time (Documentation/admin-guide/cgroup-v2.rst, "CPU"). Its files count microseconds. */
public final class CpuController implements Controller {
    private static final String FIELD = "resources.cpu.";
    private static final String MAX = "cpu.max";
    private static final String BURST = "cpu.max.burst";

    /** What the kernel gives a new cgroup. */
    private static final String DEFAULT_MAX = "max 100000";

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public List<Setting> settings(LimitRequest request) {
        CpuLimits cpu = request.resources().cpu();
        if (cpu.realtimePeriod().isPresent() || cpu.realtimeRuntime().isPresent()) {
            String field = cpu.realtimePeriod().isPresent() ? "realtimePeriod" : "realtimeRuntime";
            throw request.lacks(FIELD + field, "cgroup v2 has no such limit", "leave it out");
        }
        List<Setting> settings = new ArrayList<>();
        cpu.shares()
                .ifPresent(
                        value -> settings.add(Setting.of(FIELD + "shares", "cpu.weight", CpuWeight.ofShares(value))));
        settings.addAll(bandwidth(request, cpu));
        CpuSettings.addIdle(request, settings);
        return settings;
    }

    /** Quota and period in one file, and the burst, which may not be more than the quota at any moment. */
    private static List<Setting> bandwidth(LimitRequest request, CpuLimits cpu) {
        List<Setting> settings = new ArrayList<>();
        if (cpu.quota().isPresent() || cpu.period().isPresent()) {
            String[] current = request.current(MAX).orElse(DEFAULT_MAX).strip().split(" ");
            String quota = cpu.quota().isPresent() ? quota(cpu.quota().getAsLong()) : current[0];
            String period =
                    cpu.period().isPresent() ? Long.toString(cpu.period().getAsLong()) : current[1];
            String field = FIELD + (cpu.quota().isPresent() ? "quota" : "period");
            settings.add(Setting.of(field, MAX, quota + " " + period));
        }
        CpuSettings.addBurst(request, BURST, settings);
        return settings;
    }

    private static String quota(long value) {
        return value < 0 ? "max" : Long.toString(value);
    }

    @Override
    public void count(CgroupFiles files, StatsBuilder stats) {
        files.read("cpu.stat").map(FlatKeyed::parse).ifPresent(counters -> {
            stats.cpuTime(
                    micros(counters, "usage_usec"),
                    List.of(),
                    micros(counters, "user_usec"),
                    micros(counters, "system_usec"));
            stats.throttling(
                    counters.getOrDefault("nr_periods", 0L),
                    counters.getOrDefault("nr_throttled", 0L),
                    micros(counters, "throttled_usec"));
        });
    }

    private static Duration micros(Map<String, Long> counters, String name) {
        return Duration.of(counters.getOrDefault(name, 0L), ChronoUnit.MICROS);
    }

    @Override
    public List<String> reportFiles() {
        return List.of("cpu.stat");
    }
}
