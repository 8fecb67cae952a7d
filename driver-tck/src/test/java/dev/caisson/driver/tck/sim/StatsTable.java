// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.stats.BlockIoStats;
import dev.caisson.driver.stats.CpuStats;
import dev.caisson.driver.stats.HugepageStats;
import dev.caisson.driver.stats.InterfaceStats;
import dev.caisson.driver.stats.MemoryCounter;
import dev.caisson.driver.stats.MemoryStats;
import dev.caisson.driver.stats.PidsStats;
import dev.caisson.driver.stats.Pressure;
import dev.caisson.driver.stats.ResourceStats;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a simulated container has used. */
final class StatsTable {
    private static final Duration SYSTEM = Duration.ofHours(1);

    private StatsTable() {}

    static ResourceStats of(SimulatedContainer container) {
        Usage usage = container.usage();
        Fault fault = container.fault();
        long limit = usage.memoryLimit().orElse(8L << 30);
        MemoryCounter memory = new MemoryCounter(
                fault.is(Wrong.STATS_FORGET_MEMORY) ? 0 : usage.memory(),
                usage.peak(),
                usage.memoryLimit().orElse(-1),
                0);
        return new ResourceStats(
                Instant.now(),
                fault.is(Wrong.STATS_FORGET_THE_MACHINE) ? 0 : limit,
                SYSTEM,
                container.machine().processors(),
                Optional.of(cpu(container)),
                Optional.of(new MemoryStats(
                        memory, 0, Optional.empty(), Optional.empty(), usage.oomKills(), Map.of("rss", 1L))),
                Optional.of(blockIo(usage, fault)),
                Optional.of(new PidsStats(
                        container.processes().size(), fault.is(Wrong.STATS_FORGET_PIDS) ? -1 : usage.pidsLimit())),
                fault.is(Wrong.STATS_FORGET_HUGEPAGES) ? Map.of() : Map.of("2MB", new HugepageStats(0, 0, 0)),
                fault.is(Wrong.STATS_FORGET_PRESSURE) ? Map.of() : pressure(),
                interfaces(container));
    }

    private static CpuStats cpu(SimulatedContainer container) {
        Usage usage = container.usage();
        Duration total = container.fault().is(Wrong.STATS_FORGET_CPU)
                ? Duration.ZERO
                : usage.cpu().plusMillis(5);
        boolean throttled = usage.quota().isPresent() && !container.fault().is(Wrong.STATS_FORGET_THROTTLING);
        return new CpuStats(
                total,
                List.of(),
                total,
                Duration.ZERO,
                throttled ? 9 : 0,
                throttled ? 3 : 0,
                Duration.ofMillis(throttled ? 7 : 0));
    }

    private static BlockIoStats blockIo(Usage usage, Fault fault) {
        List<BlockIoStats.Entry> entries = fault.is(Wrong.STATS_FORGET_BLOCK_IO)
                ? List.of()
                : List.of(new BlockIoStats.Entry(254, 0, "Write", usage.written()));
        return new BlockIoStats(entries, entries, List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    }

    private static Map<String, Pressure> pressure() {
        Pressure.Share none = new Pressure.Share(0, 0, 0, Duration.ZERO);
        Pressure pressure = new Pressure(none, none);
        return Map.of("cpu", pressure, "memory", pressure, "io", pressure);
    }

    private static List<InterfaceStats> interfaces(SimulatedContainer container) {
        return container.fault().is(Wrong.STATS_TELL_THE_HOSTS_INTERFACES)
                ? List.of(new InterfaceStats("eth0", 0, 0, 0, 0, 0, 0, 0, 0))
                : container.network().interfaces().stream()
                        .map(name -> new InterfaceStats(name, 0, 0, 0, 0, 0, 0, 0, 0))
                        .toList();
    }
}
