// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.command.Hook;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Plans processes of the host: the hooks that are run outside the container, and tools. Thread-safe. */
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
            writeProgram(plan, hook.path(), HookEntries.arguments(hook), hook.env());
            return plan.finish();
        }
    }

    /**
     * Plans a tool that does something for us and leaves nothing of its own behind.
     *
     * @param stdio its streams and further descriptors
     */
    public LaunchPlan plan(HostProgram tool, List<Stdio> stdio) {
        try (PlanWriter plan = new PlanWriter(PlanKind.HOST)) {
            plan.flag(PlanFlag.AUTO_CLEAN);
            StdioEntries.write(plan, stdio);
            writeProgram(plan, tool.path(), tool.arguments(), tool.environment());
            return plan.finish();
        }
    }

    static void writeProgram(PlanWriter plan, Path path, List<String> arguments, Map<String, String> environment) {
        plan.put(EntryType.CWD, "/");
        plan.put(EntryType.PROGRAM, path.toString());
        plan.put(EntryType.ARGV, arguments);
        ProgramEntries.writeEnvironment(plan, environment);
    }
}
