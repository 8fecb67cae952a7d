// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.probe;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Capability;
import dev.caisson.nativedriver.cgroup.CgroupLayout;
import dev.caisson.nativedriver.cgroup.systemd.Scopes;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.machine.KernelVersion;
import dev.caisson.nativedriver.machine.MachineFacts;
import dev.caisson.nativedriver.network.LinkRights;
import dev.caisson.nativedriver.network.Nftables;
import dev.caisson.nativedriver.seccomp.SeccompSupport;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** What the native driver does on this machine. */
public final class MachineFeatures {
    private static final KernelVersion IDMAPPED_MOUNTS = new KernelVersion(5, 12);

    /** In a list of modules, where it may be compressed. */
    private static final Pattern OVERLAY_MODULE = Pattern.compile("/overlay\\.ko[.a-z]*:");

    /** What later versions of this driver will do, and what depends on the machine or on how the driver was opened. */
    private static final Set<Feature> NOT_EVERYWHERE = EnumSet.of(
            Feature.CHECKPOINT,
            Feature.NETWORK_BRIDGE,
            Feature.NETWORK_NAT,
            Feature.NETWORK_DEVICE,
            Feature.LIMIT_RDT,
            Feature.RECOVER,
            Feature.PAUSE,
            Feature.OOM,
            Feature.DEVICES,
            Feature.ROOTFS_OVERLAY,
            Feature.ROOTFS_HOST_COPY,
            Feature.IDMAPPED_MOUNTS,
            Feature.CGROUP_NAMESPACE,
            Feature.CGROUP_SYSTEMD,
            Feature.TIME_NAMESPACE,
            Feature.USER_NAMESPACE,
            Feature.SECCOMP,
            Feature.SECCOMP_LISTENER,
            Feature.APPARMOR,
            Feature.SELINUX,
            Feature.MEMORY_POLICY,
            Feature.LIMIT_MEMORY,
            Feature.LIMIT_CPU,
            Feature.LIMIT_CPUSET,
            Feature.LIMIT_PIDS,
            Feature.LIMIT_BLOCK_IO,
            Feature.LIMIT_HUGEPAGES,
            Feature.LIMIT_NETWORK,
            Feature.LIMIT_RDMA,
            Feature.LIMIT_UNIFIED);

    /** By the names that version 1 and version 2 have for a controller. */
    private static final Map<Feature, Set<String>> CONTROLLERS = Map.of(
            Feature.LIMIT_MEMORY, Set.of("memory"),
            Feature.OOM, Set.of("memory"),
            Feature.LIMIT_CPU, Set.of("cpu"),
            Feature.LIMIT_CPUSET, Set.of("cpuset"),
            Feature.LIMIT_PIDS, Set.of("pids"),
            Feature.LIMIT_BLOCK_IO, Set.of("blkio", "io"),
            Feature.LIMIT_HUGEPAGES, Set.of("hugetlb"),
            Feature.LIMIT_NETWORK, Set.of("net_cls", "net_prio"),
            Feature.LIMIT_RDMA, Set.of("rdma"));

    private MachineFeatures() {}

    /**
     * Returns them.
     *
     * @param lasting whether containers outlive their engine
     */
    public static Set<Feature> of(Kernel kernel, MachineFacts facts, CgroupLayout cgroups, boolean lasting) {
        Set<Feature> features = EnumSet.complementOf(EnumSet.copyOf(NOT_EVERYWHERE));
        boolean unified = cgroups.unified().isPresent();
        CONTROLLERS.forEach((feature, names) -> add(
                features,
                feature,
                names.stream().anyMatch(name -> cgroups.of(name).isPresent())));
        add(features, Feature.LIMIT_UNIFIED, unified);
        add(features, Feature.PAUSE, unified || cgroups.of("freezer").isPresent());
        add(
                features,
                Feature.DEVICES,
                !facts.confined() && (unified || cgroups.of("devices").isPresent()));
        boolean overlay = hasOverlay(kernel);
        add(features, Feature.ROOTFS_OVERLAY, overlay);
        add(features, Feature.ROOTFS_HOST_COPY, overlay);
        add(
                features,
                Feature.IDMAPPED_MOUNTS,
                !facts.confined() && facts.kernelVersion().isAtLeast(IDMAPPED_MOUNTS));
        add(features, Feature.CGROUP_NAMESPACE, facts.namespaces().contains("cgroup"));
        add(features, Feature.CGROUP_SYSTEMD, !facts.confined() && Scopes.areThere(kernel));
        add(features, Feature.TIME_NAMESPACE, facts.namespaces().contains("time"));
        add(features, Feature.USER_NAMESPACE, facts.namespaces().contains("user"));
        boolean seccomp = SeccompSupport.obstacle(kernel).isEmpty();
        add(features, Feature.SECCOMP, seccomp);
        add(features, Feature.SECCOMP_LISTENER, seccomp && SeccompSupport.canNotify(kernel));
        add(features, Feature.APPARMOR, facts.apparmor());
        add(features, Feature.SELINUX, facts.selinux());
        add(features, Feature.MEMORY_POLICY, kernel.files().exists("/proc/self/numa_maps"));
        boolean bridge = facts.has(Capability.NET_ADMIN) && LinkRights.given(kernel);
        add(features, Feature.NETWORK_BRIDGE, bridge);
        add(features, Feature.NETWORK_NAT, bridge && new Nftables(kernel).isThere());
        add(features, Feature.RECOVER, lasting);
        return Collections.unmodifiableSet(features);
    }

    private static void add(Set<Feature> features, Feature feature, boolean given) {
        if (given) {
            features.add(feature);
        }
    }

    /** Known to the kernel, or a module of it that it loads at the first mount. */
    static boolean hasOverlay(Kernel kernel) {
        boolean known = kernel.files()
                .read("/proc/filesystems")
                .lines()
                .anyMatch(line ->
                        line.strip().endsWith("\toverlay") || line.strip().equals("overlay"));
        String modules = "/lib/modules/" + kernel.processes().systemName().release() + "/modules.dep";
        return known || kernel.files().readIfPresent(modules).orElse("").lines().anyMatch(OVERLAY_MODULE.asPredicate());
    }
}
