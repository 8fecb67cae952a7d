// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.command.Hook;
import java.util.List;

/** Plans processes of the host: the hooks that are run outside the container. Thread-safe. */
public final class HostPlanner {
    /**
     * Plans a hook. Its time limit is the engine's affair.
     *
     * @param id the container that it is run for
     * @param stdio its streams; the container's state goes to its standard input
     */
    public LaunchPlan plan(ContainerId id, Hook hook, List<Stdio> stdio) {
        try (PlanWriter plan = new PlanWriter(PlanKind.HOST)) {
            RecordEntries.write(plan, id, LaunchOptions.none().withAutoClean(true));
            StdioEntries.write(plan, stdio);
            plan.put(EntryType.CWD, "/");
            plan.put(EntryType.PROGRAM, hook.path().toString());
            plan.put(EntryType.ARGV, HookEntries.arguments(hook));
            ProgramEntries.writeEnvironment(plan, hook.env());
            return plan.finish();
        }
    }
}
