// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.container;

import static java.util.Objects.requireNonNull;

import dev.caisson.nativedriver.cgroup.CgroupPlace;
import dev.caisson.nativedriver.cgroup.CgroupPlan;
import dev.caisson.nativedriver.cgroup.CgroupStep;
import dev.caisson.nativedriver.stdio.Spools;
import java.util.ArrayList;
import java.util.List;

/**
 * What was decided of a container before it was launched.
 *
 * @param place where its cgroup is
 * @param joins how a process gets into it
 * @param reportFiles what the shim reads at its end, in this order
 * @param spools what of its output was consumed before this engine came
 */
public record ContainerParts(CgroupPlace place, List<CgroupStep.Join> joins, List<String> reportFiles, Spools spools) {
    public ContainerParts {
        requireNonNull(place, "place is null");
        requireNonNull(spools, "spools is null");
        joins = List.copyOf(joins);
        reportFiles = List.copyOf(reportFiles);
    }

    /** Returns what a plan of its cgroup says. */
    public static ContainerParts of(CgroupPlan cgroup) {
        List<CgroupStep.Join> joins = new ArrayList<>();
        for (CgroupStep step : cgroup.steps()) {
            if (step instanceof CgroupStep.Join join) {
                joins.add(join);
            }
        }
        return new ContainerParts(cgroup.place(), joins, cgroup.reportFiles(), Spools.FRESH);
    }
}
