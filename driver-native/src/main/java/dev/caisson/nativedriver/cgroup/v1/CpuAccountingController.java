// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.nativedriver.cgroup.controller.CgroupFiles;
import dev.caisson.nativedriver.cgroup.controller.Controller;
import dev.caisson.nativedriver.cgroup.controller.StatsBuilder;
import dev.caisson.nativedriver.procfs.Numbers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Processor time used (Documentation/admin-guide/cgroup-v1/cpuacct.rst). All its files count nanoseconds. */
public final class CpuAccountingController implements Controller {
    @Override
    public String name() {
        return "cpuacct";
    }

    @Override
    public void count(CgroupFiles files, StatsBuilder stats) {
        Optional<String> total = files.read("cpuacct.usage");
        if (total.isEmpty()) {
            return;
        }
        stats.cpuTime(
                nanos(total.get()),
                files.read("cpuacct.usage_percpu")
                        .map(CpuAccountingController::perCpu)
                        .orElse(List.of()),
                files.read("cpuacct.usage_user")
                        .map(CpuAccountingController::nanos)
                        .orElse(Duration.ZERO),
                files.read("cpuacct.usage_sys")
                        .map(CpuAccountingController::nanos)
                        .orElse(Duration.ZERO));
    }

    private static Duration nanos(String content) {
        return Duration.ofNanos(Numbers.single(content));
    }

    private static List<Duration> perCpu(String content) {
        return Arrays.stream(content.strip().split(" +"))
                .map(CpuAccountingController::nanos)
                .toList();
    }

    @Override
    public List<String> reportFiles() {
        return List.of("cpuacct.usage_user", "cpuacct.usage_sys");
    }
}
