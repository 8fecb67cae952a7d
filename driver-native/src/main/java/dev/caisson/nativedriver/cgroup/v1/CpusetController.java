// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.nativedriver.cgroup.controller.Controller;
import dev.caisson.nativedriver.cgroup.controller.CpusetChoice;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Processors and memory nodes (Documentation/admin-guide/cgroup-v1/cpusets.rst). A new cgroup has none of either, and no
 * process can join it: it is given what its parent has.
 */
public final class CpusetController implements Controller {
    private static final String CPUS = "cpuset.cpus";
    private static final String MEMS = "cpuset.mems";

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
                CPUS,
                request.resources().cpu().cpus());
        add(
                settings,
                request,
                "resources.cpu.mems",
                MEMS,
                request.resources().cpu().mems());
        return settings;
    }

    private static void add(
            List<Setting> settings, LimitRequest request, String field, String file, Optional<String> wanted) {
        Optional<String> available = request.parent().read(file).map(String::strip);
        wanted.ifPresent(list -> CpusetChoice.check(request, field, list, available));
        Optional<String> value = wanted.isPresent() || request.isUpdate() ? wanted : available;
        value.ifPresent(list -> settings.add(Setting.of(field, file, list)));
    }
}
