// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import java.util.List;

/**
 * A mounted tree of cgroups.
 *
 * @param version which interface it has
 * @param controllers what it controls, such as {@code memory}; v1 trees without a controller have {@code name=...}
 * @param mountPoint where its root, as far as this process may see, is
 * @param ownPath the cgroup of this process in it, from the mount point on, such as {@code /} or {@code /user.slice}
 */
public record Hierarchy(Version version, List<String> controllers, String mountPoint, String ownPath) {
    public Hierarchy {
        controllers = List.copyOf(controllers);
    }

    /** Whether a controller is in this tree. */
    public boolean has(String controller) {
        return controllers.contains(controller);
    }

    /** The directory of a cgroup, by its path from the root on, which begins with a slash. */
    public String directory(String path) {
        return path.equals("/") ? mountPoint : mountPoint + path;
    }
}
