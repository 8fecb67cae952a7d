// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.DeviceRule;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a container has where nobody says otherwise: today's Docker's mounts, nodes, rules and paths. A driver adds nothing to a
 * Command; {@link Command#builder} starts with these, {@link Command#bare} without.
 */
public final class Defaults {
    private static final ByteSize SHM = ByteSize.ofMib(64);

    private Defaults() {}

    /** Returns /proc, /dev, /dev/pts, /sys, /sys/fs/cgroup, /dev/mqueue and /dev/shm. */
    public static List<Mount> mounts() {
        MountFlags quiet = MountFlags.of(MountFlag.NOSUID, MountFlag.NODEV, MountFlag.NOEXEC);
        MountFlags quietReadonly =
                MountFlags.of(MountFlag.NOSUID, MountFlag.NODEV, MountFlag.NOEXEC, MountFlag.READONLY);
        return List.of(
                Mount.filesystem("proc", ContainerPath.of("/proc"), quiet),
                Mount.tmpfs(
                        ContainerPath.of("/dev"), ByteSize.ofKib(65536), 0755, MountFlag.NOSUID, MountFlag.STRICTATIME),
                Mount.filesystem(
                        "devpts",
                        ContainerPath.of("/dev/pts"),
                        MountFlags.of(MountFlag.NOSUID, MountFlag.NOEXEC),
                        "newinstance",
                        "ptmxmode=0666",
                        "mode=0620",
                        "gid=5"),
                Mount.filesystem("sysfs", ContainerPath.of("/sys"), quietReadonly),
                Mount.cgroup(ContainerPath.of("/sys/fs/cgroup"), quietReadonly),
                Mount.filesystem("mqueue", ContainerPath.of("/dev/mqueue"), quiet),
                Mount.tmpfs(
                        ContainerPath.of("/dev/shm"), SHM, 01777, MountFlag.NOSUID, MountFlag.NODEV, MountFlag.NOEXEC));
    }

    /** Returns the nodes that the OCI runtime-spec demands of every container. */
    public static List<DeviceNode> devices() {
        return List.of(
                DeviceNode.character("/dev/null", 1, 3),
                DeviceNode.character("/dev/zero", 1, 5),
                DeviceNode.character("/dev/full", 1, 7),
                DeviceNode.character("/dev/random", 1, 8),
                DeviceNode.character("/dev/urandom", 1, 9),
                DeviceNode.character("/dev/tty", 5, 0));
    }

    /** Returns rules that deny every device but making nodes, the default nodes and terminals. */
    public static List<DeviceRule> deviceRules() {
        Stream<DeviceRule> any = Stream.of(
                DeviceRule.denyAll(),
                anyOf(DeviceRule.Type.CHARACTER, "m"),
                anyOf(DeviceRule.Type.BLOCK, "m"),
                new DeviceRule(
                        true,
                        DeviceRule.Type.CHARACTER,
                        java.util.OptionalLong.of(136),
                        java.util.OptionalLong.empty(),
                        "rwm"),
                DeviceRule.allow(DeviceRule.Type.CHARACTER, 5, 1, "rwm"),
                DeviceRule.allow(DeviceRule.Type.CHARACTER, 5, 2, "rwm"));
        Stream<DeviceRule> nodes = devices().stream()
                .map(node -> DeviceRule.allow(DeviceRule.Type.CHARACTER, node.major(), node.minor(), "rwm"));
        return Stream.concat(any, nodes).toList();
    }

    private static DeviceRule anyOf(DeviceRule.Type type, String access) {
        return new DeviceRule(true, type, java.util.OptionalLong.empty(), java.util.OptionalLong.empty(), access);
    }

    /** Returns the paths that tell about, or reach into, the host. */
    public static List<ContainerPath> maskedPaths() {
        return Stream.of(
                        "/proc/acpi",
                        "/proc/asound",
                        "/proc/interrupts",
                        "/proc/kcore",
                        "/proc/keys",
                        "/proc/latency_stats",
                        "/proc/sched_debug",
                        "/proc/scsi",
                        "/proc/timer_list",
                        "/proc/timer_stats",
                        "/sys/devices/virtual/powercap",
                        "/sys/firmware")
                .map(ContainerPath::of)
                .toList();
    }

    /** Returns the paths by which the host's kernel is set. */
    public static List<ContainerPath> readonlyPaths() {
        return Stream.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger")
                .map(ContainerPath::of)
                .toList();
    }

    /** Returns Docker's default seccomp profile, masked and read-only paths and a keyring of its own. */
    public static Security security() {
        return new Security(Seccomp.STANDARD, maskedPaths(), readonlyPaths(), Optional.empty(), true);
    }
}
