// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v2;

import dev.caisson.nativedriver.cgroup.controller.Controller;
import dev.caisson.nativedriver.cgroup.controller.CpusetChoice;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Processors and memory nodes (Documentation/admin-guide/cgroup-v2.rst, "Cpuset"). A new cgroup has its parent's. */
public final class CpusetController implements Controller {
    @Override
    public String name() {
        return "cpuset";
    }

    @Override
    public List<Setting> settings(LimitRequest request) {
        List<Setting> settings = new ArrayList<>();
        add(
                settings,
                request,
                "resources.cpu.cpus",
                "cpuset.cpus",
                request.resources().cpu().cpus());
        add(
                settings,
                request,
                "resources.cpu.mems",
                "cpuset.mems",
                request.resources().cpu().mems());
        return settings;
    }

    private static void add(
            List<Setting> settings, LimitRequest request, String field, String file, Optional<String> wanted) {
        wanted.ifPresent(list -> {
            // The kernel would take any list and quietly use the parent's where none of it is there.
            CpusetChoice.check(
                    request,
                    field,
                    list,
                    request.parent().read(file + ".effective").map(String::strip));
            settings.add(Setting.of(field, file, list));
        });
    }
}
