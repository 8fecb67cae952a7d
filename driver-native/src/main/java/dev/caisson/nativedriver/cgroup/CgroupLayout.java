// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.procfs.CgroupMembership;
import dev.caisson.nativedriver.procfs.MountInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which trees of cgroups this machine has, and which controller is in which.
 *
 * @param hierarchies those in which cgroups can be made
 * @param obstacles why further ones cannot be used, one sentence each
 * @param delegated these are parts of the machine's trees that were given to an ordinary user
 */
public record CgroupLayout(List<Hierarchy> hierarchies, List<String> obstacles, boolean delegated) {
    private static final String NAMED = "name=";

    /** The one tree without a controller that takes part: systemd tracks services with it. */
    private static final String SYSTEMD = "name=systemd";

    public CgroupLayout {
        hierarchies = List.copyOf(hierarchies);
        obstacles = List.copyOf(obstacles);
    }

    /** Finds out from {@code /proc/self}. */
    public static CgroupLayout detect(Kernel kernel) {
        List<CgroupMembership> own = CgroupMembership.parse(
                kernel.files().readIfPresent("/proc/self/cgroup").orElse(""));
        Map<String, Hierarchy> found = new LinkedHashMap<>();
        List<String> obstacles = new ArrayList<>();
        for (MountInfo mount : MountInfo.parse(kernel.files().read("/proc/self/mountinfo"))) {
            Optional<Hierarchy> hierarchy = hierarchy(kernel, mount, own);
            if (hierarchy.isEmpty()) {
                continue;
            }
            if (mount.options().contains("ro") || mount.superOptions().contains("ro")) {
                obstacles.add("The cgroups at " + mount.mountPoint() + " are mounted read-only");
                continue;
            }
            // The same tree may be mounted at several places; a mount of its root shows the most.
            String tree = mount.device();
            if (!found.containsKey(tree) || mount.root().equals("/")) {
                found.put(tree, hierarchy.get());
            }
        }
        List<Hierarchy> hierarchies = new ArrayList<>(found.values());
        // A process is born into the group of version 2: what is done there comes first.
        hierarchies.sort(Comparator.comparing(Hierarchy::version).reversed());
        return new CgroupLayout(hierarchies, obstacles, false);
    }

    private static Optional<Hierarchy> hierarchy(Kernel kernel, MountInfo mount, List<CgroupMembership> own) {
        return switch (mount.type()) {
            case "cgroup2" -> Optional.of(unified(kernel, mount, own));
            case "cgroup" ->
                own.stream()
                        .filter(line -> !line.isUnified()
                                && line.controllers().stream().allMatch(mount.superOptions()::contains))
                        .filter(line -> !line.controllers().get(0).startsWith(NAMED)
                                || line.controllers().contains(SYSTEMD))
                        .findFirst()
                        .map(line -> new Hierarchy(
                                Version.V1, line.controllers(), mount.mountPoint(), below(mount.root(), line.path())));
            default -> Optional.empty();
        };
    }

    private static Hierarchy unified(Kernel kernel, MountInfo mount, List<CgroupMembership> own) {
        String path = own.stream()
                .filter(CgroupMembership::isUnified)
                .map(CgroupMembership::path)
                .findFirst()
                .orElse("/");
        String controllers = kernel.files()
                .readIfPresent(mount.mountPoint() + "/cgroup.controllers")
                .orElse("")
                .strip();
        return new Hierarchy(
                Version.V2,
                controllers.isEmpty() ? List.of() : List.of(controllers.split(" ")),
                mount.mountPoint(),
                below(mount.root(), path));
    }

    /** A cgroup's path from the mount point on. Where the mount shows a part that we are not in, that part's root. */
    private static String below(String root, String path) {
        if (root.equals("/")) {
            return path;
        }
        if (!(path + "/").startsWith(root + "/")) {
            return "/";
        }
        return path.length() == root.length() ? "/" : path.substring(root.length());
    }

    /** The tree that has a controller. */
    public Optional<Hierarchy> of(String controller) {
        return hierarchies.stream()
                .filter(hierarchy -> hierarchy.has(controller))
                .findFirst();
    }

    /** The tree of version 2, which on a hybrid machine may have few controllers or none. */
    public Optional<Hierarchy> unified() {
        return hierarchies.stream()
                .filter(hierarchy -> hierarchy.version() == Version.V2)
                .findFirst();
    }
}
