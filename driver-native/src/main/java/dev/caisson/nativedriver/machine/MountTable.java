// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.machine;

import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.procfs.MountInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which mounts of this process's mount namespace can be seen, and where. */
public final class MountTable {
    private final List<MountInfo> visible;

    private MountTable(List<MountInfo> visible) {
        this.visible = visible;
    }

    /** Reads the table as it is now. */
    public static MountTable read(Kernel kernel) {
        return parse(text(kernel));
    }

    /** The table as the kernel writes it now. */
    public static String text(Kernel kernel) {
        return kernel.files().read("/proc/self/mountinfo");
    }

    /** Understands what {@link #text} gave. */
    public static MountTable parse(String mountinfo) {
        return of(MountInfo.parse(mountinfo));
    }

    static MountTable of(List<MountInfo> mounts) {
        Set<Integer> ids = new HashSet<>();
        Map<Integer, List<MountInfo>> children = new HashMap<>();
        for (MountInfo mount : mounts) {
            ids.add(mount.id());
            children.computeIfAbsent(mount.parent(), parent -> new ArrayList<>())
                    .add(mount);
        }
        List<MountInfo> visible = new ArrayList<>();
        for (MountInfo mount : mounts) {
            // The parent of the namespace's first mount is outside of it.
            if (!ids.contains(mount.parent()) || mount.parent() == mount.id()) {
                collect(mount, children, visible);
            }
        }
        visible.sort(Comparator.comparing(MountInfo::mountPoint));
        return new MountTable(List.copyOf(visible));
    }

    private static void collect(MountInfo mount, Map<Integer, List<MountInfo>> children, List<MountInfo> visible) {
        List<MountInfo> on = children.getOrDefault(mount.id(), List.of()).stream()
                .filter(child -> child.id() != mount.id())
                .toList();
        Optional<MountInfo> cover = on.stream()
                .filter(child -> child.mountPoint().equals(mount.mountPoint()))
                .findFirst();
        if (cover.isPresent()) {
            collect(cover.get(), children, visible);
            return;
        }
        visible.add(mount);
        for (MountInfo child : on) {
            // What is mounted on the same mount nearer to its root came later: otherwise this one would be on that one.
            boolean hidden = on.stream().anyMatch(other -> isBelow(child, other.mountPoint()));
            if (!hidden) {
                collect(child, children, visible);
            }
        }
    }

    /** Whether a mount is below that place, not at it. */
    public static boolean isBelow(MountInfo mount, String ancestor) {
        return mount.mountPoint().startsWith(ancestor.equals("/") ? "/" : ancestor + "/")
                && mount.mountPoint().length() > ancestor.length();
    }

    /** The mounts that a path leads to, not those that others hide; parents before what is in them. */
    public List<MountInfo> visible() {
        return visible;
    }

    /** The mount that shows what is at an absolute path without links, {@code .} and {@code ..}. */
    public Optional<MountInfo> holding(String path) {
        return visible.stream()
                .filter(mount -> mount.mountPoint().equals("/")
                        || path.equals(mount.mountPoint())
                        || path.startsWith(mount.mountPoint() + "/"))
                .max(Comparator.comparingInt(mount -> mount.mountPoint().length()));
    }
}
