// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.CpuAffinity;
import dev.caisson.driver.command.MemoryPolicy;
import dev.caisson.driver.command.Personality;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Rlimit;
import dev.caisson.driver.command.Scheduler;

/** What limits or ranks a single process. */
final class LimitEntries {
    private static final byte[] NO_NODES = {};

    private LimitEntries() {}

    static void write(PlanWriter plan, ProcessConfig process) {
        for (Rlimit limit : process.rlimits()) {
            plan.begin(EntryType.RLIMIT)
                    .u32(limit.type().number())
                    .u64(limit.soft())
                    .u64(limit.hard())
                    .end();
        }
        process.oomScoreAdj()
                .ifPresent(
                        value -> plan.begin(EntryType.OOM_SCORE_ADJ).u32(value).end());
        process.scheduler().ifPresent(scheduler -> write(plan, scheduler));
        process.ioPriority()
                .ifPresent(priority -> plan.begin(EntryType.IO_PRIORITY)
                        .u32(priority.level().number())
                        .u32(priority.priority())
                        .end());
        process.cpuAffinity().ifPresent(affinity -> write(plan, affinity));
        process.memoryPolicy().ifPresent(policy -> write(plan, policy));
        process.personality().ifPresent(personality -> write(plan, personality));
    }

    private static void write(PlanWriter plan, Scheduler scheduler) {
        long flags = 0;
        for (Scheduler.Flag flag : scheduler.flags()) {
            flags |= flag.bit();
        }
        plan.begin(EntryType.SCHEDULER)
                .u32(scheduler.policy().number())
                .u64(flags)
                .u32(scheduler.nice())
                .u32(scheduler.priority())
                .u64(scheduler.runtime())
                .u64(scheduler.deadline())
                .u64(scheduler.period())
                .end();
    }

    private static void write(PlanWriter plan, CpuAffinity affinity) {
        affinity.initial()
                .ifPresent(list -> plan.begin(EntryType.CPU_AFFINITY_INITIAL)
                        .bytes(CpuMask.of(list))
                        .end());
        affinity.last()
                .ifPresent(list -> plan.begin(EntryType.CPU_AFFINITY)
                        .bytes(CpuMask.of(list))
                        .end());
    }

    private static void write(PlanWriter plan, MemoryPolicy policy) {
        int mode = policy.mode().number();
        for (MemoryPolicy.Flag flag : policy.flags()) {
            mode |= flag.bit();
        }
        plan.begin(EntryType.MEMORY_POLICY)
                .u32(mode)
                .bytes(policy.nodes().isEmpty() ? NO_NODES : CpuMask.of(policy.nodes()))
                .end();
    }

    private static void write(PlanWriter plan, Personality personality) {
        plan.begin(EntryType.PERSONALITY).u64(personality.number()).end();
    }
}
