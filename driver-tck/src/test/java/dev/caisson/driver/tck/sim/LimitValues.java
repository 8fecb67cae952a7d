// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.resources.BlockIoLimits;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.driver.resources.Resources;
import dev.caisson.driver.tck.machine.Limit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What the files of a simulated cgroup hold, in the form of version 1 where there is one. */
final class LimitValues {
    private LimitValues() {}

    static String of(Limit limit, Resources resources) {
        MemoryLimits memory = resources.memory();
        CpuLimits cpu = resources.cpu();
        BlockIoLimits io = resources.blockIo();
        return switch (limit) {
            case MEMORY -> bytes(memory.limit());
            case MEMORY_SWAP -> bytes(memory.swap());
            case MEMORY_RESERVATION -> bytes(memory.reservation());
            case MEMORY_KERNEL -> bytes(memory.kernel());
            case MEMORY_KERNEL_TCP -> bytes(memory.kernelTcp());
            case MEMORY_SWAPPINESS -> Integer.toString(memory.swappiness().orElse(60));
            case MEMORY_OOM_CONTROL ->
                "oom_kill_disable " + (memory.disableOomKiller().orElse(false) ? 1 : 0) + "\nunder_oom 0";
            case CPU_SHARES -> number(cpu.shares(), 1024);
            case CPU_QUOTA -> number(cpu.quota(), -1);
            case CPU_PERIOD -> number(cpu.period(), 100_000);
            case CPU_BURST -> number(cpu.burst(), 0);
            case CPU_REALTIME_RUNTIME -> number(cpu.realtimeRuntime(), 0);
            case CPU_REALTIME_PERIOD -> number(cpu.realtimePeriod(), 1_000_000);
            case CPU_IDLE -> number(cpu.idle(), 0);
            case CPUSET_CPUS -> cpu.cpus().orElse("0-1");
            case CPUSET_MEMS -> cpu.mems().orElse("none");
            case PIDS ->
                resources.pids().stream()
                        .filter(most -> most > 0)
                        .mapToObj(Long::toString)
                        .findFirst()
                        .orElse("max");
            case BLOCK_WEIGHT -> number(io.weight().stream().asLongStream(), 500);
            case BLOCK_LEAF_WEIGHT -> number(io.leafWeight().stream().asLongStream(), 500);
            case BLOCK_WEIGHT_DEVICE -> weights(io.weightDevices(), false);
            case BLOCK_LEAF_WEIGHT_DEVICE -> weights(io.weightDevices(), true);
            case BLOCK_READ_BPS -> throttles(io.readBps());
            case BLOCK_WRITE_BPS -> throttles(io.writeBps());
            case BLOCK_READ_IOPS -> throttles(io.readIops());
            case BLOCK_WRITE_IOPS -> throttles(io.writeIops());
            case HUGEPAGES -> bytes(resources.hugepages().values().stream().findFirst());
            case NETWORK_CLASS -> number(resources.network().classId(), 0);
            case NETWORK_PRIORITIES -> lines(resources.network().priorities());
            case RDMA ->
                resources.rdma().entrySet().stream()
                        .map(entry -> entry.getKey() + " hca_handle="
                                + number(entry.getValue().handles(), 0) + " hca_object="
                                + number(entry.getValue().objects(), 0))
                        .collect(Collectors.joining("\n"));
            case UNIFIED_MEMORY, UNIFIED_HUGEPAGES ->
                resources.unified().values().stream().findFirst().orElse("max");
        };
    }

    private static String bytes(Optional<ByteSize> size) {
        return Long.toString(
                size.filter(one -> !one.isUnlimited()).map(ByteSize::bytes).orElse(Long.MAX_VALUE - 4095));
    }

    private static String number(OptionalLong value, long usual) {
        return Long.toString(value.orElse(usual));
    }

    private static String number(LongStream value, long usual) {
        return Long.toString(value.findFirst().orElse(usual));
    }

    private static String weights(List<BlockIoLimits.WeightDevice> devices, boolean leaf) {
        return devices.stream()
                .map(device -> device.major() + ":" + device.minor() + " "
                        + (leaf ? device.leafWeight() : device.weight()).orElse(500))
                .collect(Collectors.joining("\n"));
    }

    private static String throttles(List<BlockIoLimits.ThrottleDevice> devices) {
        return devices.stream()
                .map(device -> device.major() + ":" + device.minor() + " " + device.rate())
                .collect(Collectors.joining("\n"));
    }

    private static String lines(Map<String, Long> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining("\n"));
    }
}
