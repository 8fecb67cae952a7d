// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.ContainerId;

/** Plans the removal of what a container left behind whose shim is gone. Thread-safe. */
public final class CleanPlanner {
    /**
     * Plans it.
     *
     * @param cgroups whose removals count
     * @param options whose unmounts and removals count
     */
    public LaunchPlan plan(ContainerId id, CgroupSteps cgroups, LaunchOptions options) {
        try (PlanWriter plan = new PlanWriter(PlanKind.CLEAN)) {
            RecordEntries.write(plan, id, LaunchOptions.none().withCleanup(options.unmount(), options.remove()));
            CgroupEntries.writeRemovals(plan, cgroups);
            return plan.finish();
        }
    }
}
