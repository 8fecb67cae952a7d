// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

/** The cgroups of a process. */
final class CgroupEntries {
    private CgroupEntries() {}

    static void write(PlanWriter plan, CgroupSteps cgroups) {
        cgroups.reports().forEach(path -> plan.put(EntryType.REPORT, path));
        writeRemovals(plan, cgroups);
        for (CgroupSteps.Step step : cgroups.steps()) {
            switch (step) {
                case CgroupSteps.MakeDirectory make ->
                    plan.begin(EntryType.CGROUP_MKDIR)
                            .u32(make.mayExist() ? 1 : 0)
                            .string(make.path())
                            .end();
                case CgroupSteps.Write write ->
                    plan.begin(EntryType.CGROUP_WRITE)
                            .string(write.path())
                            .string(write.value())
                            .end();
                case CgroupSteps.Join join -> plan.put(EntryType.CGROUP_JOIN, join.procsPath());
                case CgroupSteps.Into into -> {
                    // The clone3 call names the group, so that it has to be there before there is a child.
                    plan.flag(PlanFlag.CGROUP_IN_PARENT);
                    plan.put(EntryType.CGROUP_INTO, into.directory());
                }
            }
        }
    }

    static void writeRemovals(PlanWriter plan, CgroupSteps cgroups) {
        cgroups.removals().forEach(path -> plan.put(EntryType.REMOVE_CGROUP, path));
    }
}
