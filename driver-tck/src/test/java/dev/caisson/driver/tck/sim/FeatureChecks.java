// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.Feature;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.Unsupported;
import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Defaults;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.User;
import dev.caisson.driver.resources.BlockIoLimits;
import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.driver.resources.Resources;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.machine.Limit;
import dev.caisson.driver.tck.machine.Machine;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Refuses fields that the simulated driver doesn't do, and those that the simulated machine doesn't. */
final class FeatureChecks {
    private final String driver;
    private final Set<Feature> features;
    private final Machine machine;
    private final Fault fault;

    FeatureChecks(String driver, Set<Feature> features, Machine machine, Fault fault) {
        this.driver = driver;
        this.features = features;
        this.machine = machine;
        this.fault = fault;
    }

    void check(String doing, Command command) {
        checkRoot(doing, command);
        checkNamespaces(doing, command);
        checkNetwork(doing, command);
        checkProcess(doing, command.process());
        require(doing, !command.devices().isEmpty(), Feature.DEVICE_NODES, "devices");
        require(doing, !Defaults.devices().containsAll(command.devices()), Feature.DEVICES, "devices");
        require(doing, !command.resources().devices().isEmpty(), Feature.DEVICES, "resources.devices");
        require(
                doing,
                !(command.security().seccomp() instanceof Seccomp.Unconfined),
                Feature.SECCOMP,
                "security.seccomp");
        require(
                doing,
                command.security().seccomp() instanceof Seccomp.Profile profile
                        && profile.listenerPath().isPresent(),
                Feature.SECCOMP_LISTENER,
                "security.seccomp.listenerPath");
        boolean masks = !command.security().maskedPaths().isEmpty()
                || !command.security().readonlyPaths().isEmpty();
        require(doing, masks, Feature.MASKED_PATHS, "security.maskedPaths");
        require(
                doing,
                command.security().mountLabel().isPresent(),
                Feature.SELINUX,
                "security.mountLabel",
                Facility.SELINUX);
        require(doing, !command.sysctl().isEmpty(), Feature.SYSCTL, "sysctl");
        require(doing, !command.hooks().isEmpty(), Feature.HOOKS, "hooks");
        require(doing, command.intelRdt().isPresent(), Feature.LIMIT_RDT, "intelRdt", Facility.RESCTRL);
        require(
                doing,
                command.cgroup() instanceof CgroupPlacement.Systemd,
                Feature.CGROUP_SYSTEMD,
                "cgroup",
                Facility.SYSTEMD);
        checkResources(doing, command.resources());
    }

    private void checkRoot(String doing, Command command) {
        switch (command.rootfs().source()) {
            case Rootfs.Directory directory -> require(doing, true, Feature.ROOTFS_DIRECTORY, "rootfs");
            case Rootfs.Overlay overlay -> require(doing, true, Feature.ROOTFS_OVERLAY, "rootfs", Facility.OVERLAY);
            case Rootfs.HostCopy copy -> require(doing, true, Feature.ROOTFS_HOST_COPY, "rootfs", Facility.OVERLAY);
        }
        require(doing, !command.mounts().isEmpty(), Feature.MOUNTS, "mounts");
        require(
                doing,
                command.mounts().stream().map(Mount::idmap).anyMatch(java.util.Optional::isPresent),
                Feature.IDMAPPED_MOUNTS,
                "mounts.idmap",
                Facility.IDMAPPED_MOUNTS);
    }

    private void checkNamespaces(String doing, Command command) {
        Namespaces namespaces = command.namespaces();
        require(
                doing,
                namespaces.cgroup() instanceof NamespaceChoice.Private,
                Feature.CGROUP_NAMESPACE,
                "namespaces.cgroup");
        require(
                doing,
                namespaces.user().isPrivate() || isJoined(namespaces.user().choice()),
                Feature.USER_NAMESPACE,
                "namespaces.user",
                Facility.USER_NAMESPACE);
        require(
                doing,
                namespaces.time().choice() instanceof NamespaceChoice.Private
                        || isJoined(namespaces.time().choice()),
                Feature.TIME_NAMESPACE,
                "namespaces.time",
                Facility.TIME_NAMESPACE);
        List<NamespaceChoice> shared = List.of(namespaces.pid(), namespaces.ipc(), namespaces.uts());
        require(doing, shared.contains(NamespaceChoice.HOST), Feature.NAMESPACE_HOST, "namespaces");
        boolean joined = shared.stream().anyMatch(FeatureChecks::isJoined)
                || isJoined(namespaces.mount())
                || isJoined(namespaces.cgroup())
                || isJoined(namespaces.user().choice())
                || isJoined(namespaces.time().choice());
        require(doing, joined, Feature.NAMESPACE_JOIN, "namespaces");
    }

    private static boolean isJoined(NamespaceChoice choice) {
        return choice instanceof NamespaceChoice.OfContainer || choice instanceof NamespaceChoice.AtPath;
    }

    private void checkNetwork(String doing, Command command) {
        switch (command.network().namespace()) {
            case NamespaceChoice.Private own -> require(doing, true, Feature.NETWORK_NONE, "network.namespace");
            case NamespaceChoice.Host host -> require(doing, true, Feature.NETWORK_HOST, "network.namespace");
            case NamespaceChoice.OfContainer other -> require(doing, true, Feature.NETWORK_JOIN, "network.namespace");
            case NamespaceChoice.AtPath path -> require(doing, true, Feature.NETWORK_JOIN, "network.namespace");
        }
        for (NetworkInterface one : command.network().interfaces()) {
            switch (one) {
                case NetworkInterface.Veth veth -> {
                    require(doing, true, Feature.NETWORK_BRIDGE, "network.interfaces");
                    require(doing, veth.isTranslated(), Feature.NETWORK_NAT, "network.interfaces");
                }
                case NetworkInterface.HostDevice device ->
                    require(doing, true, Feature.NETWORK_DEVICE, "network.interfaces", Facility.HOST_DEVICES);
            }
        }
    }

    void checkProcess(String doing, ProcessConfig process) {
        boolean names = process.user().filter(User.Named.class::isInstance).isPresent()
                || !process.groups().isEmpty()
                || process.umask().isPresent();
        require(doing, names, Feature.USERS, "process.user");
        require(doing, process.terminal(), Feature.TTY, "process.terminal");
        boolean capabilities =
                process.capabilities().isPresent() || process.noNewPrivileges().isPresent();
        require(doing, capabilities, Feature.CAPABILITIES, "process.capabilities");
        require(doing, !process.rlimits().isEmpty(), Feature.RLIMITS, "process.rlimits");
        require(doing, process.oomScoreAdj().isPresent(), Feature.OOM_SCORE, "process.oomScoreAdj");
        boolean beyond = process.oomScoreAdj().orElse(0) < 0
                || process.rlimits().stream().anyMatch(limit -> limit.hard() < 0);
        lacks(doing, beyond, Facility.RESOURCE_RIGHTS, "process");
        require(doing, process.scheduler().isPresent(), Feature.SCHEDULER, "process.scheduler");
        boolean realtime = process.scheduler()
                .filter(scheduler ->
                        List.of(1, 2, 6).contains(scheduler.policy().number()))
                .isPresent();
        lacks(doing, realtime, Facility.REALTIME, "process.scheduler");
        require(doing, process.ioPriority().isPresent(), Feature.IO_PRIORITY, "process.ioPriority");
        require(doing, process.cpuAffinity().isPresent(), Feature.CPU_AFFINITY, "process.cpuAffinity");
        require(
                doing,
                process.memoryPolicy().isPresent(),
                Feature.MEMORY_POLICY,
                "process.memoryPolicy",
                Facility.NUMA);
        require(doing, process.personality().isPresent(), Feature.PERSONALITY, "process.personality");
        require(
                doing,
                process.apparmorProfile().isPresent(),
                Feature.APPARMOR,
                "process.apparmorProfile",
                Facility.APPARMOR);
        require(doing, process.selinuxLabel().isPresent(), Feature.SELINUX, "process.selinuxLabel", Facility.SELINUX);
        require(doing, process.initReaper(), Feature.INIT, "process.initReaper");
    }

    void checkCheckpoints(String doing) {
        lacks(doing, true, Facility.CRIU, "checkpoints");
    }

    void checkResources(String doing, Resources resources) {
        MemoryLimits memory = resources.memory();
        boolean any = !memory.equals(MemoryLimits.none());
        limit(doing, any, Feature.LIMIT_MEMORY, "resources.memory");
        lacks(doing, memory.limit().isPresent(), Limit.MEMORY, "resources.memory.limit");
        lacks(
                doing,
                memory.swap().filter(size -> !size.isUnlimited()).isPresent(),
                Limit.MEMORY_SWAP,
                "resources.memory.swap");
        lacks(doing, memory.reservation().isPresent(), Limit.MEMORY_RESERVATION, "resources.memory.reservation");
        lacks(doing, memory.kernel().isPresent(), Limit.MEMORY_KERNEL, "resources.memory.kernel");
        lacks(doing, memory.kernelTcp().isPresent(), Limit.MEMORY_KERNEL_TCP, "resources.memory.kernelTcp");
        lacks(doing, memory.swappiness().isPresent(), Limit.MEMORY_SWAPPINESS, "resources.memory.swappiness");
        checkCpu(doing, resources.cpu());
        limit(doing, resources.pids().isPresent(), Feature.LIMIT_PIDS, "resources.pids", Limit.PIDS);
        checkBlockIo(doing, resources.blockIo());
        limit(doing, !resources.hugepages().isEmpty(), Feature.LIMIT_HUGEPAGES, "resources.hugepages", Limit.HUGEPAGES);
        boolean network = resources.network().classId().isPresent();
        limit(doing, network, Feature.LIMIT_NETWORK, "resources.network.classId", Limit.NETWORK_CLASS);
        boolean priorities = !resources.network().priorities().isEmpty();
        limit(doing, priorities, Feature.LIMIT_NETWORK, "resources.network.priorities", Limit.NETWORK_PRIORITIES);
        limit(doing, !resources.rdma().isEmpty(), Feature.LIMIT_RDMA, "resources.rdma", Limit.RDMA);
        limit(doing, !resources.unified().isEmpty(), Feature.LIMIT_UNIFIED, "resources.unified", Limit.UNIFIED_MEMORY);
        checkValues(doing, resources);
    }

    private void checkCpu(String doing, CpuLimits cpu) {
        boolean sets = cpu.cpus().isPresent() || cpu.mems().isPresent();
        limit(doing, sets, Feature.LIMIT_CPUSET, "resources.cpu.cpus", Limit.CPUSET_CPUS);
        boolean time = cpu.shares().isPresent()
                || cpu.quota().isPresent()
                || cpu.period().isPresent()
                || cpu.burst().isPresent()
                || cpu.idle().isPresent()
                || cpu.realtimeRuntime().isPresent();
        limit(doing, time, Feature.LIMIT_CPU, "resources.cpu", Limit.CPU_QUOTA);
    }

    private void checkBlockIo(String doing, BlockIoLimits io) {
        limit(doing, !io.equals(BlockIoLimits.none()), Feature.LIMIT_BLOCK_IO, "resources.blockIo", Limit.BLOCK_WEIGHT);
    }

    /** What the kernel has to say about values. */
    private void checkValues(String doing, Resources resources) {
        if (fault.is(Wrong.TAKES_ANY_LIMIT)) {
            return;
        }
        refuse(
                doing,
                resources.cpu().cpus().filter("4095"::equals).isPresent(),
                "resources.cpu.cpus: 4095 is not there");
        refuse(doing, resources.hugepages().containsKey("3MB"), "resources.hugepages: there are no pages of 3MB");
        refuse(
                doing,
                resources.blockIo().readBps().stream().anyMatch(device -> device.major() == 4000),
                "resources.blockIo.readBps: there is no device 4000:77");
    }

    private static void refuse(String doing, boolean wrong, String why) {
        if (wrong) {
            throw new DriverException(StandardErrorCode.LIMIT_REFUSED, doing, why, "give another");
        }
    }

    private void require(String doing, boolean asked, Feature feature, String path, Facility... facilities) {
        if (!asked || fault.is(Wrong.IGNORES_WHAT_IT_LACKS)) {
            return;
        }
        if (!features.contains(feature)) {
            throw Unsupported.field(driver, doing, path, feature);
        }
        Arrays.stream(facilities).forEach(facility -> lacks(doing, true, facility, path));
    }

    private void limit(String doing, boolean asked, Feature feature, String path, Limit... limits) {
        require(doing, asked, feature, path);
        Arrays.stream(limits).forEach(limit -> lacks(doing, asked, limit, path));
    }

    private void lacks(String doing, boolean asked, Facility facility, String path) {
        if (asked && !fault.is(Wrong.IGNORES_WHAT_THE_MACHINE_LACKS)) {
            machine.lacks(facility).ifPresent(why -> {
                throw new DriverException(StandardErrorCode.KERNEL_LACKS, doing, path + ": " + why, "leave it out");
            });
        }
    }

    private void lacks(String doing, boolean asked, Limit limit, String path) {
        if (asked && !fault.is(Wrong.IGNORES_WHAT_THE_MACHINE_LACKS)) {
            machine.lacks(limit).ifPresent(why -> {
                throw new DriverException(StandardErrorCode.CONTROLLER_LACKS, doing, path + ": " + why, "leave it out");
            });
        }
    }
}
