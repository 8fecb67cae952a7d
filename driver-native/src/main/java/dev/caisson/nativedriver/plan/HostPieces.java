// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.nativedriver.kernel.DirectoryEntry;
import dev.caisson.nativedriver.kernel.FileType;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.machine.MountTable;
import dev.caisson.nativedriver.procfs.MountInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The host's root filesystem in pieces, none of which has anything mounted below it: in a user namespace nothing else can be
 * a layer, since what those mounts hide would show (mount_namespaces(7), on locked mounts). Directories in between are made
 * anew and are empty but for their pieces.
 */
final class HostPieces {
    private final Kernel kernel;
    private final Map<String, MountInfo> mounted = new HashMap<>();
    private final Set<String> split = new HashSet<>();
    private final Predicate<MountInfo> isShown;
    private final Predicate<MountInfo> isLayer;

    /** Directories and links that are made as the host has them, parents first. */
    final List<String> bare = new ArrayList<>();

    /** Directories that get an overlay. */
    final List<String> overlays = new ArrayList<>();

    /** What is bound read-only. */
    final List<String> binds = new ArrayList<>();

    /**
     * Cuts it up.
     *
     * @param isShown of a mount: containers see it
     * @param isLayer of a mount: an overlay can have it as its layer
     */
    HostPieces(Kernel kernel, MountTable table, Predicate<MountInfo> isShown, Predicate<MountInfo> isLayer) {
        this.kernel = kernel;
        this.isShown = isShown;
        this.isLayer = isLayer;
        split.add("/");
        for (MountInfo mount : table.visible()) {
            mounted.put(mount.mountPoint(), mount);
            for (String parent = parent(mount.mountPoint()); !parent.equals("/"); parent = parent(parent)) {
                split.add(parent);
            }
        }
        cut("/");
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(1, path.lastIndexOf('/')));
    }

    private void cut(String directory) {
        bare.add(directory);
        for (DirectoryEntry entry : entries(directory)) {
            place(directory.equals("/") ? "/" + entry.name() : directory + "/" + entry.name(), entry.type());
        }
    }

    /** Empty for one into which this user can't look: it would not from the container either. */
    private List<DirectoryEntry> entries(String directory) {
        try {
            return kernel.files().list(directory);
        } catch (KernelException closed) {
            return List.of();
        }
    }

    private void place(String path, FileType type) {
        MountInfo mount = mounted.get(path);
        if (HostRoot.isLeftOut(path) || (mount != null && !isShown.test(mount))) {
            return;
        }
        if (split.contains(path)) {
            cut(path);
        } else if (type == FileType.SYMBOLIC_LINK) {
            bare.add(path);
        } else if (type == FileType.REGULAR) {
            binds.add(path);
        } else if (type == FileType.DIRECTORY) {
            (mount == null || isLayer.test(mount) ? overlays : binds).add(path);
        }
    }
}
