// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.resources;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/**
 * The limits of a container. What is empty is not limited (or, in an update, not changed).
 *
 * @param memory memory and swap
 * @param cpu processor time and cpu sets
 * @param pids most processes and threads at one time, -1 for no limit
 * @param blockIo block device weights and throttles
 * @param hugepages per page size (such as {@code 2MB}) the most bytes
 * @param devices rules about device nodes, in order, the last match wins. They begin with nothing allowed: a device that
 *     none of them names can't be used. No rules at all are, as everywhere here, no limit (or no change)
 * @param network network class and priorities (cgroup v1)
 * @param rdma per device the most handles and objects
 * @param unified any limit of the cgroup v2 directory by its file's name, and what is written into it: each line by itself
 */
public record Resources(
        MemoryLimits memory,
        CpuLimits cpu,
        OptionalLong pids,
        BlockIoLimits blockIo,
        Map<String, ByteSize> hugepages,
        List<DeviceRule> devices,
        NetworkClass network,
        Map<String, RdmaLimit> rdma,
        Map<String, String> unified)
        implements Checked {
    private static final Set<String> DRIVERS_OWN = Set.of(
            "cgroup.freeze", "cgroup.kill", "cgroup.procs", "cgroup.subtree_control", "cgroup.threads", "cgroup.type");

    public Resources {
        requireNonNull(memory, "memory is null");
        requireNonNull(cpu, "cpu is null");
        requireNonNull(pids, "pids is null");
        requireNonNull(blockIo, "blockIo is null");
        hugepages = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(hugepages));
        devices = List.copyOf(devices);
        requireNonNull(network, "network is null");
        rdma = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(rdma));
        unified = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(unified));
    }

    /** Returns no limits. */
    public static Resources none() {
        return builder().build();
    }

    /** Returns a builder without limits. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that starts with these limits. */
    public Builder toBuilder() {
        return new Builder()
                .memory(memory)
                .cpu(cpu)
                .blockIo(blockIo)
                .hugepages(hugepages)
                .devices(devices)
                .network(network)
                .rdma(rdma)
                .unified(unified)
                .pids(pids);
    }

    @Override
    public void check(Checker checker) {
        checker.check("memory", memory);
        checker.check("cpu", cpu);
        pids.ifPresent(most -> checker.at("pids")
                .require(
                        most == -1 || most > 0,
                        most + " is no number of processes",
                        "give 1 or more, or -1 for no limit"));
        checker.check("blockIo", blockIo);
        hugepages
                .keySet()
                .forEach(size -> checker.at("hugepages")
                        .atKey(size)
                        .require(
                                size.matches("[1-9][0-9]*[KMG]B"),
                                "\"" + size + "\" is no page size",
                                "give it as 2MB or 1GB"));
        checker.checkAll("devices", devices);
        checker.check("network", network);
        rdma.forEach((device, limit) -> limit.check(checker.at("rdma").atKey(device)));
        unified.forEach((file, value) -> checkUnified(checker.at("unified").atKey(file), file, value));
    }

    private static void checkUnified(Checker checker, String file, String value) {
        checker.require(
                file.matches("[a-z0-9_]+\\.[A-Za-z0-9_.]+"),
                "\"" + file + "\" is no file of a cgroup",
                "give a name such as memory.high");
        checker.require(
                !DRIVERS_OWN.contains(file),
                "\"" + file + "\" is no limit, but how a driver moves, stops and kills processes",
                "use the driver's methods");
        checker.require(
                !value.isBlank(), "nothing is to be written into \"" + file + "\"", "give a value, or leave it out");
    }

    /** Makes {@link Resources}. Not thread-safe. */
    public static final class Builder {
        private MemoryLimits memory = MemoryLimits.none();
        private CpuLimits cpu = CpuLimits.none();
        private OptionalLong pids = OptionalLong.empty();
        private BlockIoLimits blockIo = BlockIoLimits.none();
        private Map<String, ByteSize> hugepages = Map.of();
        private List<DeviceRule> devices = List.of();
        private NetworkClass network = NetworkClass.none();
        private Map<String, RdmaLimit> rdma = Map.of();
        private Map<String, String> unified = Map.of();

        private Builder() {}

        public Builder memory(MemoryLimits value) {
            memory = value;
            return this;
        }

        /** Limits memory alone: where the machine has swap, what is more is swapped, without a limit on that. */
        public Builder memory(ByteSize limit) {
            return memory(MemoryLimits.builder().limit(limit).build());
        }

        public Builder cpu(CpuLimits value) {
            cpu = value;
            return this;
        }

        public Builder pids(long most) {
            return pids(OptionalLong.of(most));
        }

        private Builder pids(OptionalLong most) {
            pids = most;
            return this;
        }

        public Builder blockIo(BlockIoLimits value) {
            blockIo = value;
            return this;
        }

        public Builder hugepages(Map<String, ByteSize> value) {
            hugepages = value;
            return this;
        }

        public Builder devices(List<DeviceRule> value) {
            devices = value;
            return this;
        }

        public Builder network(NetworkClass value) {
            network = value;
            return this;
        }

        public Builder rdma(Map<String, RdmaLimit> value) {
            rdma = value;
            return this;
        }

        public Builder unified(Map<String, String> value) {
            unified = value;
            return this;
        }

        public Resources build() {
            return new Resources(memory, cpu, pids, blockIo, hugepages, devices, network, rdma, unified);
        }
    }
}
