// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.record;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.CpuAffinity;
import dev.caisson.driver.command.Hook;
import dev.caisson.driver.command.IoPriority;
import dev.caisson.driver.command.MemoryPolicy;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Scheduler;
import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.machine.Limit;
import dev.caisson.driver.tck.probe.Fact;
import dev.caisson.driver.tck.probe.Probe;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** How the kernel schedules a process and its reads and writes, and where. */
public interface SchedulingBehaviours {
    private static Scheduler realtime(Scheduler.Policy policy, int priority, Scheduler.Flag... flags) {
        return new Scheduler(policy, 0, priority, Set.of(flags), 0, 0, 0);
    }

    /** With version 1 real-time tasks need a cgroup that was given time for them; it comes from the parent, here the root. */
    private static Command.Builder withTime(Kit kit, ProcessConfig.Builder process) {
        Command.Builder command = kit.command(process);
        if (kit.machine().lacks(Limit.CPU_REALTIME_RUNTIME).isPresent() || !kit.has(Feature.LIMIT_CPU)) {
            return command;
        }
        return command.cgroup(new CgroupPlacement.Parent("/"))
                .resources(limits -> limits.cpu(CpuLimits.builder()
                        .realtimePeriod(1_000_000)
                        .realtimeRuntime(50_000)
                        .build()));
    }

    @Test
    @Needs(Feature.SCHEDULER)
    @Observes({"process.scheduler.policy", "process.scheduler.nice"})
    default void policyAndNicenessAreSet(Kit kit) throws Exception {
        Scheduler batch = new Scheduler(Scheduler.Policy.BATCH, 7, 0, Set.of(), 0, 0, 0);
        assertEquals(
                "3 7 0",
                kit.answer(kit.command(kit.process(show(Fact.SCHEDULER)).scheduler(batch))));
        assertEquals("0 0 0", kit.answer(kit.command(show(Fact.SCHEDULER))));
    }

    @Test
    @Needs(value = Feature.SCHEDULER, machine = Facility.REALTIME)
    @Observes({"process.scheduler.policy", "process.scheduler.priority"})
    default void realtimePriorityIsSet(Kit kit) throws Exception {
        assertEquals(
                "2 0 13",
                kit.answer(
                        withTime(kit, kit.process(show(Fact.SCHEDULER)).scheduler(realtime(Scheduler.Policy.RR, 13)))));
    }

    @Test
    @Needs(value = Feature.SCHEDULER, machine = Facility.REALTIME)
    @Observes("process.scheduler.flags")
    default void aPolicyIsResetOnFork(Kit kit) throws Exception {
        Scheduler scheduler = realtime(Scheduler.Policy.FIFO, 5, Scheduler.Flag.RESET_ON_FORK);
        assertEquals(
                List.of("1 0 5", "0 0 0"),
                kit.answers(withTime(
                        kit,
                        kit.process(show(Fact.SCHEDULER), show(Fact.SCHEDULER_OF_CHILD))
                                .scheduler(scheduler))));
    }

    /** Its tasks can't fork (sched(7)) unless that is reset; the probe needs no child for this fact. */
    @Test
    @Needs(value = Feature.SCHEDULER, machine = Facility.REALTIME)
    @Observes({"process.scheduler.runtime", "process.scheduler.deadline"})
    default void aDeadlineIsSet(Kit kit) throws Exception {
        List<String> left = kit.answers(kit.command(
                kit.process(show(Fact.SCHEDULER_DETAIL, "dl.runtime"), show(Fact.SCHEDULER_DETAIL, "dl.deadline"))
                        .scheduler(deadline(3_000_000, 20_000_000, 40_000_000))));
        // The kernel shows what is left of the runtime, and the deadline as a time of its clock.
        assertTrue(Long.parseLong(left.get(0)) <= 3_000_000, left::toString);
        assertTrue(Long.parseLong(left.get(1)) >= 20_000_000, left::toString);
    }

    private static Scheduler deadline(long runtime, long deadline, long period) {
        return new Scheduler(
                Scheduler.Policy.DEADLINE, 0, 0, Set.of(Scheduler.Flag.RESET_ON_FORK), runtime, deadline, period);
    }

    /** The kernel admits no more than it has time for, and without a period it takes the deadline for it (sched(7)). */
    @Test
    @Needs(value = Feature.SCHEDULER, machine = Facility.REALTIME)
    @Observes("process.scheduler.period")
    default void aPeriodIsSet(Kit kit) throws Exception {
        Scheduler seldom = deadline(9_000_000, 10_000_000, 900_000_000);
        for (int i = 0; i <= kit.machine().processors(); i++) {
            kit.start(kit.command(kit.process(line("admitted"), hold()).scheduler(seldom)))
                    .says("admitted");
        }
    }

    @Test
    @Needs(Feature.IO_PRIORITY)
    @Observes({"process.ioPriority.level", "process.ioPriority.priority"})
    default void ioPriorityIsSet(Kit kit) throws Exception {
        assertEquals(
                "best-effort: prio 6",
                kit.answer(kit.command(kit.process(show(Fact.IO_PRIORITY))
                        .ioPriority(new IoPriority(IoPriority.Level.BEST_EFFORT, 6)))));
        assertTrue(kit.answer(kit.command(
                        kit.process(show(Fact.IO_PRIORITY)).ioPriority(new IoPriority(IoPriority.Level.IDLE, 0))))
                .startsWith("idle"));
    }

    @Test
    @Needs(Feature.CPU_AFFINITY)
    @Observes("process.cpuAffinity.last")
    default void affinityIsSet(Kit kit) throws Exception {
        String last = Integer.toString(kit.machine().processors() - 1);
        assertEquals(
                last,
                kit.answer(kit.command(kit.process(show(Fact.STATUS, "Cpus_allowed_list"))
                        .cpuAffinity(new CpuAffinity(Optional.empty(), Optional.of(last))))));
    }

    @Test
    @Needs({Feature.CPU_AFFINITY, Feature.HOOKS, Feature.ROOTFS_DIRECTORY})
    @Observes("process.cpuAffinity.initial")
    default void affinityIsAnotherWhileAContainerIsMade(Kit kit) throws Exception {
        String last = Integer.toString(kit.machine().processors() - 1);
        Hook inside = new Hook(
                Path.of(Probe.PATH),
                Probe.at(List.of(record("/seen", "/order"))),
                Map.of("PATH", ProcessConfig.DEFAULT_PATH),
                Optional.empty());
        List<String> lines = kit.answers(kit.command(
                        kit.process(show(Fact.FILE, "/seen.cpus"), show(Fact.STATUS, "Cpus_allowed_list"))
                                .cpuAffinity(new CpuAffinity(Optional.of("0"), Optional.of(last))))
                .hooks(HookPoint.START_CONTAINER.with(inside)));
        assertEquals(List.of("0", last), lines);
    }

    @Test
    @Needs(value = Feature.MEMORY_POLICY, machine = Facility.NUMA)
    @Observes({"process.memoryPolicy.mode", "process.memoryPolicy.nodes", "process.memoryPolicy.flags"})
    default void memoryPolicyIsSet(Kit kit) throws Exception {
        MemoryPolicy bind = new MemoryPolicy(MemoryPolicy.Mode.BIND, "0", Set.of(MemoryPolicy.Flag.STATIC_NODES));
        assertEquals(
                "bind=static:0",
                kit.answer(kit.command(kit.process(show(Fact.MEMORY_POLICY)).memoryPolicy(bind))));
    }
}
