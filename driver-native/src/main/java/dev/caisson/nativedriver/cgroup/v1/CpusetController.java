// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.nativedriver.cgroup.controller.CpusetChoice;
import dev.caisson.nativedriver.cgroup.controller.CpusetFiles;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import java.util.Optional;

/**
 * Processors and memory nodes (Documentation/admin-guide/cgroup-v1/cpusets.rst). A new cgroup has none of either, and no
 * process can join it: it is given what its parent has.
 */
public final class CpusetController extends CpusetFiles {
    @Override
    protected Optional<Setting> setting(LimitRequest request, String field, String file, Optional<String> wanted) {
        Optional<String> available = request.parent().read(file).map(String::strip);
        wanted.ifPresent(list -> CpusetChoice.check(request, field, list, available));
        Optional<String> value = wanted.isPresent() || request.isUpdate() ? wanted : available;
        return value.map(list -> Setting.of(field, file, list));
    }
}
