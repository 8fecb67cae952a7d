// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import java.util.List;

/**
 * A container's cgroup in one tree, for whoever handles it from outside.
 *
 * @param version of the tree
 * @param controllers of the tree; of version 1 the names that /proc/PID/cgroup has
 * @param path from the root of the tree's mount on, such as {@code /caisson/a}
 * @param directory on the host
 */
public record CgroupRoot(Version version, List<String> controllers, String path, String directory) {
    public CgroupRoot {
        controllers = List.copyOf(controllers);
    }

    static CgroupRoot of(CgroupDirectory directory) {
        Hierarchy hierarchy = directory.hierarchy();
        return new CgroupRoot(
                hierarchy.version(),
                hierarchy.controllers(),
                directory.path().substring(hierarchy.mountPoint().length()),
                directory.path());
    }
}
