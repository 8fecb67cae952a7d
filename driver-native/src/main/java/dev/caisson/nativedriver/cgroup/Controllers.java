// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.nativedriver.cgroup.controller.CgroupFiles;
import dev.caisson.nativedriver.cgroup.controller.Controller;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which class stands for which controller on a machine. */
final class Controllers {
    /** One thing that can be limited or counted, with its controller in either version, where that has it. */
    private record Kind(Controller v1, @Nullable Controller v2) {}

    /** In the order in which their limits are set. */
    private static final List<Kind> KINDS = List.of(
            new Kind(
                    new dev.caisson.nativedriver.cgroup.v1.CpusetController(),
                    new dev.caisson.nativedriver.cgroup.v2.CpusetController()),
            new Kind(
                    new dev.caisson.nativedriver.cgroup.v1.MemoryController(),
                    new dev.caisson.nativedriver.cgroup.v2.MemoryController()),
            // Counted by cpu in version 2.
            new Kind(new dev.caisson.nativedriver.cgroup.v1.CpuAccountingController(), null),
            new Kind(
                    new dev.caisson.nativedriver.cgroup.v1.CpuController(),
                    new dev.caisson.nativedriver.cgroup.v2.CpuController()),
            new Kind(
                    new dev.caisson.nativedriver.cgroup.v1.PidsController(),
                    new dev.caisson.nativedriver.cgroup.v2.PidsController()),
            new Kind(
                    new dev.caisson.nativedriver.cgroup.v1.BlockIoController(),
                    new dev.caisson.nativedriver.cgroup.v2.BlockIoController()),
            new Kind(
                    new dev.caisson.nativedriver.cgroup.v1.HugepageController(),
                    new dev.caisson.nativedriver.cgroup.v2.HugepageController()),
            new Kind(
                    new dev.caisson.nativedriver.cgroup.v1.RdmaController(),
                    new dev.caisson.nativedriver.cgroup.v2.RdmaController()),
            new Kind(new dev.caisson.nativedriver.cgroup.v1.NetworkClassController(), null),
            new Kind(new dev.caisson.nativedriver.cgroup.v1.NetworkPriorityController(), null),
            // Version 2 has programs instead, see DeviceProgram.
            new Kind(new dev.caisson.nativedriver.cgroup.v1.DevicesController(), null));

    /** A controller and the cgroup whose files it uses. */
    record Bound(Controller controller, CgroupDirectory directory) {}

    private Controllers() {}

    /** The controllers of a cgroup that spans these directories. */
    static List<Bound> bind(List<CgroupDirectory> directories) {
        return KINDS.stream().flatMap(kind -> bind(kind, directories)).toList();
    }

    private static Stream<Bound> bind(Kind kind, List<CgroupDirectory> directories) {
        return directories.stream()
                .flatMap(directory -> {
                    Controller controller = directory.hierarchy().version() == Version.V1 ? kind.v1() : kind.v2();
                    return controller != null && directory.has(controller.name())
                            ? Stream.of(new Bound(controller, directory))
                            : Stream.empty();
                })
                .limit(1);
    }

    /**
     * A controller that a cgroup does not have.
     *
     * @param withheld the machine has it, but the cgroup's parent does not hand it down
     */
    record Missing(Controller controller, boolean withheld) {}

    /** The controllers that none of these directories has. */
    static List<Missing> missing(List<CgroupDirectory> directories) {
        return KINDS.stream()
                .filter(kind -> bind(kind, directories).findAny().isEmpty())
                .map(kind -> new Missing(kind.v1(), withheld(kind, directories)))
                .toList();
    }

    private static boolean withheld(Kind kind, List<CgroupDirectory> directories) {
        Controller controller = kind.v2();
        return controller != null
                && directories.stream()
                        .anyMatch(directory -> directory.hierarchy().has(controller.name()));
    }

    /** Files of a cgroup that has everything: to find out what would have been written. */
    static CgroupFiles imagined() {
        return new CgroupFiles() {
            @Override
            public boolean has(String file) {
                return true;
            }

            @Override
            public Optional<String> read(String file) {
                return Optional.empty();
            }
        };
    }

    /** What to do when a controller is missing, by the kernel's name for it. */
    static String remedy(String controller) {
        Map<String, String> options = Map.of(
                "memory", "CONFIG_MEMCG, and without cgroup_disable=memory",
                "cpu", "CONFIG_CGROUP_SCHED",
                "cpuset", "CONFIG_CPUSETS",
                "pids", "CONFIG_CGROUP_PIDS",
                "blkio", "CONFIG_BLK_CGROUP",
                "hugetlb", "CONFIG_CGROUP_HUGETLB",
                "rdma", "CONFIG_CGROUP_RDMA",
                "net_cls", "CONFIG_CGROUP_NET_CLASSID and cgroup v1",
                "net_prio", "CONFIG_CGROUP_NET_PRIO and cgroup v1",
                "devices", "CONFIG_CGROUP_DEVICE");
        String option = options.getOrDefault(controller, "it");
        return "boot a kernel with " + option + " and mount the cgroup, or leave the limit out";
    }
}
