// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.nativedriver.cgroup.CgroupPlan;
import dev.caisson.nativedriver.cgroup.CgroupStep;
import java.util.List;

/** The cgroups of a process. */
final class CgroupEntries {
    private static final int MUST_BE_NEW = 0;

    private CgroupEntries() {}

    static void write(PlanWriter plan, CgroupPlan cgroups) {
        cgroups.reportFiles().forEach(path -> plan.put(EntryType.REPORT, path));
        cgroups.removals().forEach(path -> plan.put(EntryType.REMOVE_CGROUP, path));
        write(plan, cgroups.steps());
    }

    static void write(PlanWriter plan, List<? extends CgroupStep> steps) {
        for (CgroupStep step : steps) {
            switch (step) {
                case CgroupStep.MakeDirectory make ->
                    plan.begin(EntryType.CGROUP_MKDIR)
                            .u32(MUST_BE_NEW)
                            .string(make.path())
                            .end();
                case CgroupStep.Write write ->
                    plan.begin(EntryType.CGROUP_WRITE)
                            .string(write.path())
                            .string(write.value())
                            .end();
                case CgroupStep.Devices devices ->
                    plan.begin(EntryType.CGROUP_DEVICES)
                            .string(devices.directory())
                            .bytes(devices.program())
                            .end();
                case CgroupStep.Join join -> writeJoin(plan, join);
            }
        }
    }

    /**
     * A process that moves into a group by cgroup.procs waits for a grace period of the kernel, which takes up to 15 ms. One
     * that is born there doesn't (CLONE_INTO_CGROUP, cgroup v2 only), nor does a single thread that moves itself by the tasks
     * file of v1.
     */
    private static void writeJoin(PlanWriter plan, CgroupStep.Join join) {
        switch (join.version()) {
            case V1 -> plan.put(EntryType.CGROUP_JOIN, join.directory() + "/tasks");
            case V2 -> {
                // The group has to be there before there is a child.
                plan.flag(PlanFlag.CGROUP_IN_PARENT);
                plan.put(EntryType.CGROUP_INTO, join.directory());
            }
        }
    }
}
