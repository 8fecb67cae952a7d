// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.ProcessConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a process executes, and where. */
final class ProgramEntries {
    private static final int USUAL_UMASK = 022;

    private ProgramEntries() {}

    static void write(PlanWriter plan, ProcessConfig process) {
        plan.flag(PlanFlag.TTY, process.terminal());
        plan.flag(PlanFlag.INIT_REAPER, process.initReaper());
        plan.flag(PlanFlag.CREATE_CWD).flag(PlanFlag.DEFAULT_HOME);
        process.consoleSize()
                .ifPresent(size -> plan.begin(EntryType.CONSOLE_SIZE)
                        .u32(size.rows())
                        .u32(size.columns())
                        .end());
        plan.begin(EntryType.UMASK).u32(process.umask().orElse(USUAL_UMASK)).end();
        plan.put(EntryType.CWD, process.cwd().orElse(ContainerPath.ROOT).value());
        plan.put(EntryType.ARGV, process.args());
        writeEnvironment(plan, process.env());
    }

    static void writeEnvironment(PlanWriter plan, Map<String, String> variables) {
        plan.put(EntryType.ENV, assignments(variables));
    }

    static List<String> assignments(Map<String, String> variables) {
        List<String> assignments = new ArrayList<>(variables.size());
        variables.forEach((name, value) -> assignments.add(name + "=" + value));
        return assignments;
    }
}
