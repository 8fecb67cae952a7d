// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.nativedriver.cgroup.controller.CpusetChoice;
import dev.caisson.nativedriver.cgroup.controller.CpusetFiles;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import java.util.List;
import java.util.Optional;

/**
 * Processors and memory nodes (Documentation/admin-guide/cgroup-v1/cpusets.rst). A new cgroup has none of either, and no
 * process can join it: it is given what its parent has.
 */
public final class CpusetController extends CpusetFiles {
    /** Whether the kernel copies both into new children by itself. */
    private static final String CLONE_CHILDREN = "cgroup.clone_children";

    @Override
    public List<Setting> settings(LimitRequest request) {
        CpuLimits cpu = request.resources().cpu();
        boolean silent = cpu.cpus().isEmpty() && cpu.mems().isEmpty();
        return silent && hasValues(request) ? List.of() : super.settings(request);
    }

    @Override
    protected Optional<Setting> setting(LimitRequest request, String field, String file, Optional<String> wanted) {
        if (wanted.isEmpty() && hasValues(request)) {
            return Optional.empty();
        }
        Optional<String> available = request.parent().read(file).map(String::strip);
        wanted.ifPresent(list -> CpusetChoice.check(request, field, list, available));
        return wanted.or(() -> available).map(list -> Setting.of(field, file, list));
    }

    private static boolean hasValues(LimitRequest request) {
        return request.isUpdate()
                || request.parent()
                        .read(CLONE_CHILDREN)
                        .filter(flag -> flag.strip().equals("1"))
                        .isPresent();
    }
}
