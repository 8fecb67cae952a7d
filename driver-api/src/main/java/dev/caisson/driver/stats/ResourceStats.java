// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.stats;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container has used up to a moment. What the machine doesn't count is empty.
 *
 * @param read the moment
 * @param memoryLimit bytes that it may use: its limit, or the machine's memory
 * @param systemCpu what all processors together have worked since boot
 * @param onlineCpus how many processors the machine has
 * @param cpu processor time
 * @param memory memory
 * @param blockIo block devices
 * @param pids processes and threads
 * @param hugepages per page size
 * @param pressure per resource (cpu, memory, io): pressure stall information, kernel's Documentation/accounting/psi
 * @param interfaces network interfaces of its network namespace
 */
public record ResourceStats(
        Instant read,
        long memoryLimit,
        Duration systemCpu,
        int onlineCpus,
        Optional<CpuStats> cpu,
        Optional<MemoryStats> memory,
        Optional<BlockIoStats> blockIo,
        Optional<PidsStats> pids,
        Map<String, HugepageStats> hugepages,
        Map<String, Pressure> pressure,
        List<InterfaceStats> interfaces) {
    public ResourceStats {
        requireNonNull(read, "read is null");
        requireNonNull(systemCpu, "systemCpu is null");
        requireNonNull(cpu, "cpu is null");
        requireNonNull(memory, "memory is null");
        requireNonNull(blockIo, "blockIo is null");
        requireNonNull(pids, "pids is null");
        hugepages = Map.copyOf(hugepages);
        pressure = Map.copyOf(pressure);
        interfaces = List.copyOf(interfaces);
    }
}
