// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.nativedriver.cgroup.CgroupPlan;
import dev.caisson.nativedriver.cgroup.CgroupStep;
import dev.caisson.nativedriver.machine.MachineFacts;
import java.util.List;
import java.util.OptionalLong;

/** The cgroups of a process. */
final class CgroupEntries {
    private static final int MUST_BE_NEW = 0;
    private static final int MAY_EXIST = 1;

    private CgroupEntries() {}

    static void write(PlanWriter plan, CgroupPlan cgroups) {
        cgroups.reportFiles().forEach(path -> plan.put(EntryType.REPORT, path));
        cgroups.removals().forEach(path -> plan.put(EntryType.REMOVE_CGROUP, path));
        write(plan, cgroups.steps());
    }

    /**
     * Gives the groups to the root of a user namespace which sees them, in a cgroup namespace of its own, at a mount that it may
     * write to: it asks for groups of its own making. What it gets are no limits to change, but places to make some below.
     */
    static void give(PlanWriter plan, CgroupPlan cgroups, Command command, MachineFacts machine) {
        IdMappings maps = machine.seenByShim(command.namespaces().user().mappings());
        OptionalLong uid = outside(maps.uids());
        OptionalLong gid = outside(maps.gids());
        if (uid.isEmpty()
                || gid.isEmpty()
                || !NamespaceChoices.isPrivate(command, NamespaceKind.CGROUP)
                || command.mounts().stream().noneMatch(CgroupEntries::isWritable)) {
            return;
        }
        for (String directory : cgroups.removals()) {
            plan.begin(EntryType.CGROUP_GIVE)
                    .string(directory)
                    .u32((int) uid.getAsLong())
                    .u32((int) gid.getAsLong())
                    .end();
        }
    }

    private static boolean isWritable(Mount mount) {
        return mount.kind() instanceof Mount.Cgroup && !mount.flags().set().contains(MountFlag.READONLY);
    }

    /** Who the namespace's root is outside. */
    private static OptionalLong outside(List<IdMapping> maps) {
        return maps.stream()
                .filter(map -> map.inside() == 0)
                .mapToLong(IdMapping::outside)
                .findFirst();
    }

    static void write(PlanWriter plan, List<? extends CgroupStep> steps) {
        for (CgroupStep step : steps) {
            switch (step) {
                case CgroupStep.MakeDirectory make ->
                    plan.begin(EntryType.CGROUP_MKDIR)
                            .u32(make.mayExist() ? MAY_EXIST : MUST_BE_NEW)
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
