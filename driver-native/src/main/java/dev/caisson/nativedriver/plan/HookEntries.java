// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Hook;
import dev.caisson.driver.command.Hooks;
import java.util.List;

/**
 * The hooks that the container's own process runs. The others are the engine's ({@link HostPlanner}), which for those before
 * the start needs the launch to wait for it. All need the container's state, which the engine sends when it knows the pid.
 */
final class HookEntries {
    private static final int LONGEST = Integer.MAX_VALUE;

    private HookEntries() {}

    static void write(PlanWriter plan, Hooks hooks) {
        plan.flag(
                PlanFlag.AWAIT_CONTINUE,
                !hooks.prestart().isEmpty()
                        || !hooks.createRuntime().isEmpty()
                        || !hooks.createContainer().isEmpty());
        plan.flag(PlanFlag.HOLD, !hooks.startContainer().isEmpty());
        hooks.createContainer().forEach(hook -> write(plan, EntryType.HOOK_CREATE, hook));
        hooks.startContainer().forEach(hook -> write(plan, EntryType.HOOK_START, hook));
    }

    private static void write(PlanWriter plan, EntryType type, Hook hook) {
        plan.begin(type)
                .string(hook.path().toString())
                .strings(arguments(hook))
                .strings(ProgramEntries.assignments(hook.env()))
                .u32(hook.timeout()
                        .map(time -> Math.clamp(time.toMillis(), 1, LONGEST))
                        .orElse(0))
                .end();
    }

    static List<String> arguments(Hook hook) {
        return hook.args().isEmpty() ? List.of(hook.path().toString()) : hook.args();
    }
}
