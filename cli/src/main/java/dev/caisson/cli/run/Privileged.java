// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.syntax.HostDevice;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.DeviceNode;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.resources.DeviceRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** --privileged but for its capabilities: every device of the host, nothing masked, no filter, /sys and cgroups writable. */
final class Privileged {
    private static final Path DEV = Path.of("/dev");

    /** What of /dev is a mount of the container's own, as Docker has it. */
    private static final Set<String> OWN = Set.of("pts", "shm", "fd", "mqueue", ".lxc", ".lxd-mounts", ".udev");

    private Privileged() {}

    static void apply(Draft draft) {
        draft.security = new Security(
                Seccomp.UNCONFINED, List.of(), List.of(), draft.security.mountLabel(), draft.security.newKeyring());
        draft.deviceRules.clear();
        draft.deviceRules.add(DeviceRule.allowAll());
        hostDevices().stream()
                .filter(node -> draft.devices.stream()
                        .noneMatch(present -> present.path().equals(node.path())))
                .forEach(draft.devices::add);
        draft.mounts.change(ContainerPath.of("/sys"), Privileged::writable);
        draft.mounts.change(ContainerPath.of("/sys/fs/cgroup"), Privileged::writable);
    }

    static Mount writable(Mount mount) {
        EnumSet<MountFlag> flags = EnumSet.copyOf(mount.flags().set());
        flags.remove(MountFlag.READONLY);
        return mount.withFlags(new MountFlags(flags, Set.of(), Set.of(), Set.of()));
    }

    private static List<DeviceNode> hostDevices() {
        DeviceCollector collector = new DeviceCollector();
        try {
            Files.walkFileTree(DEV, collector);
        } catch (IOException failure) {
            throw new UncheckedIOException("read the host's devices", failure);
        }
        return collector.nodes;
    }

    /** A device that goes away meanwhile is passed over. */
    private static final class DeviceCollector extends SimpleFileVisitor<Path> {
        private final List<DeviceNode> nodes = new ArrayList<>();

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean own = directory.getParent() != null
                    && directory.getParent().equals(DEV)
                    && OWN.contains(String.valueOf(directory.getFileName()));
            return own ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean console = file.equals(DEV.resolve("console"));
            if (attributes.isOther() && !console && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                HostDevice.find(file)
                        .map(device -> device.nodeAt(ContainerPath.of(file.toString())))
                        .ifPresent(nodes::add);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            return FileVisitResult.CONTINUE;
        }
    }
}
