// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of cgroup v2 that are given by name. */
final class UnifiedSettings {
    private UnifiedSettings() {}

    /** A container's cgroup in the tree of version 2. */
    static Optional<CgroupDirectory> directory(List<CgroupDirectory> directories) {
        return directories.stream()
                .filter(directory -> directory.hierarchy().version() == Version.V2)
                .findFirst();
    }

    static List<Setting> of(LimitRequest request) {
        List<Setting> settings = new ArrayList<>();
        request.resources().unified().forEach((file, value) -> {
            String field = "resources.unified[" + file + "]";
            String controller = file.substring(0, file.indexOf('.'));
            String name = request.need(
                    field, file, "look at cgroup.controllers whether \"" + controller + "\" belongs to cgroup v2 here");
            settings.add(Setting.of(field, name, value));
        });
        return settings;
    }
}
