// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.stats.InterfaceStats;
import dev.caisson.driver.stats.ResourceStats;
import dev.caisson.nativedriver.cgroup.controller.StatsBuilder;
import dev.caisson.nativedriver.cgroup.v2.PressureFiles;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.procfs.MemInfo;
import dev.caisson.nativedriver.procfs.NetworkDevices;
import dev.caisson.nativedriver.procfs.NumberList;
import dev.caisson.nativedriver.procfs.SystemCpu;
import java.time.Instant;
import java.util.List;

/** Reads everything that is counted about a container. */
final class CgroupStats {
    private final FileCalls files;
    private final List<CgroupDirectory> directories;

    CgroupStats(FileCalls files, List<CgroupDirectory> directories) {
        this.files = files;
        this.directories = directories;
    }

    ResourceStats read(int init) {
        StatsBuilder stats = new StatsBuilder();
        for (Controllers.Bound bound : Controllers.bind(directories)) {
            bound.controller().count(bound.directory().live(files), stats);
        }
        UnifiedSettings.directory(directories).ifPresent(unified -> PressureFiles.count(unified.live(files), stats));
        return new ResourceStats(
                Instant.now(),
                memoryLimit(stats),
                SystemCpu.parse(files.read("/proc/stat")),
                NumberList.parse(files.read("/sys/devices/system/cpu/online")).cardinality(),
                stats.cpu(),
                stats.memory(),
                stats.blockIo(),
                stats.pids(),
                stats.hugepages(),
                stats.pressure(),
                interfaces(init));
    }

    private long memoryLimit(StatsBuilder stats) {
        long machine = MemInfo.total(files.read("/proc/meminfo"));
        return stats.memory()
                .map(memory -> memory.usage().limit())
                .filter(limit -> limit >= 0 && limit < machine)
                .orElse(machine);
    }

    private List<InterfaceStats> interfaces(int init) {
        return files.readIfPresent("/proc/" + init + "/net/dev")
                .map(NetworkDevices::parse)
                .orElse(List.of());
    }
}
