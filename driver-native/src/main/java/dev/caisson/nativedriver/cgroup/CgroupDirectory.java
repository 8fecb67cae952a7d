// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.nativedriver.cgroup.controller.CgroupFiles;
import dev.caisson.nativedriver.cgroup.controller.LiveFiles;
import dev.caisson.nativedriver.kernel.FileCalls;
import java.util.Set;

/**
 * A container's cgroup in one tree.
 *
 * @param hierarchy the tree
 * @param path of the directory
 * @param controllers that work in it; on version 2 those that its parent hands down
 * @param files the names of its control files
 */
record CgroupDirectory(Hierarchy hierarchy, String path, Set<String> controllers, Set<String> files) {
    CgroupDirectory {
        controllers = Set.copyOf(controllers);
        files = Set.copyOf(files);
    }

    boolean has(String controller) {
        return controllers.contains(controller);
    }

    String file(String name) {
        return path + "/" + name;
    }

    String parentPath() {
        return path.substring(0, path.lastIndexOf('/'));
    }

    CgroupFiles live(FileCalls calls) {
        return new LiveFiles(calls, path, files);
    }

    CgroupFiles parent(FileCalls calls) {
        return new LiveFiles(calls, parentPath(), files);
    }
}
