// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.ContainerId;
import java.nio.file.Path;
import java.util.List;

/** Plans the removal of what a container left behind whose shim is gone. Thread-safe. */
public final class CleanPlanner {
    /**
     * Plans it.
     *
     * @param cgroups directories that are removed, after killing what is in them
     * @param unmount mounts of the host that are detached
     * @param remove directories of the host that are removed with all that is in them
     */
    public LaunchPlan plan(ContainerId id, List<String> cgroups, List<Path> unmount, List<Path> remove) {
        try (PlanWriter plan = new PlanWriter(PlanKind.CLEAN)) {
            RecordEntries.write(plan, id, LaunchOptions.none().withCleanup(unmount, remove));
            cgroups.forEach(path -> plan.put(EntryType.REMOVE_CGROUP, path));
            return plan.finish();
        }
    }
}
