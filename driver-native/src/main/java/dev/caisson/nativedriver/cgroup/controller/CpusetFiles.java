// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import dev.caisson.driver.resources.CpuLimits;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Processors and memory nodes, in files that both versions call the same. */
public abstract class CpusetFiles implements Controller {
    @Override
    public final String name() {
        return "cpuset";
    }

    @Override
    public List<Setting> settings(LimitRequest request) {
        CpuLimits cpu = request.resources().cpu();
        return Stream.of(
                        setting(request, "resources.cpu.cpus", "cpuset.cpus", cpu.cpus()),
                        setting(request, "resources.cpu.mems", "cpuset.mems", cpu.mems()))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * Returns what has to be written to a file, if anything.
     *
     * @param wanted a list of numbers
     */
    protected abstract Optional<Setting> setting(
            LimitRequest request, String field, String file, Optional<String> wanted);
}
