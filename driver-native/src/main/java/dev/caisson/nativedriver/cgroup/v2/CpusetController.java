// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v2;

import dev.caisson.nativedriver.cgroup.controller.CpusetChoice;
import dev.caisson.nativedriver.cgroup.controller.CpusetFiles;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import java.util.Optional;

/** Processors and memory nodes (Documentation/admin-guide/cgroup-v2.rst, "Cpuset"). A new cgroup has its parent's. */
public final class CpusetController extends CpusetFiles {
    @Override
    protected Optional<Setting> setting(LimitRequest request, String field, String file, Optional<String> wanted) {
        // The kernel would take any list and quietly use the parent's where none of it is there.
        wanted.ifPresent(list -> CpusetChoice.check(
                request, field, list, request.parent().read(file + ".effective").map(String::strip)));
        return wanted.map(list -> Setting.of(field, file, list));
    }
}
