// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Mount;
import dev.caisson.nativedriver.cgroup.CgroupRoot;
import dev.caisson.nativedriver.cgroup.Version;
import dev.caisson.nativedriver.procfs.MountInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which of a container's mounts come from outside. CRIU makes file systems of the container's own anew and saves what is
 * in them where they are in memory; of any other mount it must be told.
 */
final class ContainerMounts {
    private static final String ROOT = "/";

    private final List<MountInfo> inside;
    private final List<MountInfo> host;
    private final List<CgroupRoot> cgroups;
    private final Map<String, Mount> ofCommand = new HashMap<>();
    private final Set<String> hostDevices = new HashSet<>();
    private final Set<String> ownRoots = new HashSet<>();

    /**
     * @param inside as the container's init sees them
     * @param host as this process does
     * @param cgroups of the container
     */
    ContainerMounts(List<MountInfo> inside, List<MountInfo> host, List<CgroupRoot> cgroups, Command command) {
        this.inside = inside;
        this.host = host;
        this.cgroups = cgroups;
        command.mounts().forEach(mount -> ofCommand.put(mount.target().value(), mount));
        host.forEach(mount -> hostDevices.add(mount.device()));
        inside.stream().filter(mount -> mount.root().equals(ROOT)).forEach(mount -> ownRoots.add(mount.device()));
    }

    /** Those from outside, in the order of the file. */
    List<OutsideMount> outside(String doing) {
        List<OutsideMount> outside = new ArrayList<>();
        for (MountInfo mount : inside) {
            if (!mount.mountPoint().equals(ROOT)) {
                source(doing, mount).ifPresent(source -> outside.add(new OutsideMount(mount.mountPoint(), source)));
            }
        }
        return outside;
    }

    /** The places in the root itself that are mounted on. */
    List<String> points() {
        Set<Integer> roots = new HashSet<>();
        inside.stream().filter(mount -> mount.mountPoint().equals(ROOT)).forEach(mount -> roots.add(mount.id()));
        return inside.stream()
                .filter(mount -> roots.contains(mount.parent()) && !roots.contains(mount.id()))
                .map(MountInfo::mountPoint)
                .distinct()
                .toList();
    }

    private Optional<OutsideMount.Source> source(String doing, MountInfo mount) {
        Optional<Mount> wanted = Optional.ofNullable(ofCommand.get(mount.mountPoint()));
        if (mount.type().equals("cgroup") || mount.type().equals("cgroup2")) {
            return Optional.of(cgroup(mount).orElseGet(() -> ofHost(doing, mount)));
        }
        if (wanted.filter(ContainerMounts::comesFromOutside).isPresent()) {
            return Optional.of(new OutsideMount.OfCommand());
        }
        if (hostDevices.contains(mount.device())) {
            // A file system that belongs to a namespace, as sysfs, is the host's where the namespace is.
            boolean made = wanted.isPresent() && mount.root().equals(ROOT);
            return made ? Optional.empty() : Optional.of(ofHost(doing, mount));
        }
        if (!ownRoots.contains(mount.device())) {
            throw new DriverException(
                    StandardErrorCode.UNSUPPORTED_FIELD,
                    doing,
                    "where " + mount.mountPoint() + " comes from can't be found again",
                    "mount it at a path without symbolic links");
        }
        return Optional.empty();
    }

    private static boolean comesFromOutside(Mount mount) {
        return switch (mount.kind()) {
            case Mount.Bind bind -> true;
            case Mount.Content content -> true;
            case Mount.Tmpfs tmpfs -> false;
            case Mount.Filesystem filesystem -> false;
            case Mount.Cgroup cgroup -> false;
        };
    }

    private Optional<OutsideMount.Source> cgroup(MountInfo mount) {
        boolean unified = mount.type().equals("cgroup2");
        return cgroups.stream()
                .filter(root -> unified
                        ? root.version() == Version.V2
                        : root.version() == Version.V1 && mount.superOptions().containsAll(root.controllers()))
                .filter(root -> isBelow(mount.root(), root.path()))
                .findFirst()
                .map(root -> new OutsideMount.OfCgroup(
                        unified ? List.of() : root.controllers(),
                        mount.root().substring(root.path().length())));
    }

    private OutsideMount.Source ofHost(String doing, MountInfo mount) {
        return host.stream()
                .filter(candidate ->
                        candidate.device().equals(mount.device()) && isBelow(mount.root(), candidate.root()))
                .findFirst()
                .map(candidate -> new OutsideMount.OfHost(below(candidate, mount.root())))
                .orElseThrow(() -> new DriverException(
                        StandardErrorCode.UNSUPPORTED_FIELD,
                        doing,
                        "what is mounted at " + mount.mountPoint() + " is on no mount of the host",
                        "mount something that the host shows, too"));
    }

    private static String below(MountInfo mount, String root) {
        String rest =
                root.substring(mount.root().equals(ROOT) ? 0 : mount.root().length());
        String path = (mount.mountPoint().equals(ROOT) ? "" : mount.mountPoint()) + (rest.equals(ROOT) ? "" : rest);
        return path.isEmpty() ? ROOT : path;
    }

    private static boolean isBelow(String path, String parent) {
        return parent.equals(ROOT) || path.equals(parent) || path.startsWith(parent + "/");
    }
}
