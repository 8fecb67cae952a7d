// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.nativedriver.cgroup.CgroupStep;
import dev.caisson.nativedriver.cgroup.Version;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.procfs.CgroupMembership;
import java.util.List;

/**
 * Into which cgroups a further process goes: those of the container. One that manages cgroups of its own has handed its
 * controllers down, and then there can be no process in its own cgroup any more (Documentation/admin-guide/cgroup-v2.rst, "No
 * Internal Process Constraint"): it goes where the container's first process has put itself.
 */
final class ExecCgroups {
    private final FileCalls files;

    ExecCgroups(FileCalls files) {
        this.files = files;
    }

    List<CgroupStep.Join> of(ActiveContainer container, long init) {
        List<CgroupStep.Join> joins = container.parts().joins();
        if (container.command().mounts().stream().noneMatch(ExecCgroups::isWritable)) {
            return joins;
        }
        String place = container.parts().place().path();
        return joins.stream()
                .map(join -> join.version() == Version.V2 ? below(join, place, init) : join)
                .toList();
    }

    private static boolean isWritable(Mount mount) {
        return mount.kind() instanceof Mount.Cgroup && !mount.flags().set().contains(MountFlag.READONLY);
    }

    private CgroupStep.Join below(CgroupStep.Join join, String place, long init) {
        String path = files.readIfPresent("/proc/" + init + "/cgroup").map(CgroupMembership::parse).stream()
                .flatMap(List::stream)
                .filter(CgroupMembership::isUnified)
                .map(CgroupMembership::path)
                .findFirst()
                .orElse(place);
        int at = path.indexOf(place + "/");
        return at < 0
                ? join
                : new CgroupStep.Join(join.version(), join.directory() + path.substring(at + place.length()));
    }
}
