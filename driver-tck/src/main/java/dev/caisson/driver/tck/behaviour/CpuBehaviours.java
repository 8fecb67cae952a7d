// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Feature;
import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.machine.Limit;
import dev.caisson.driver.tck.probe.Fact;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Limits of processor time, and which processors and memory nodes there are. */
public interface CpuBehaviours {
    private static CpuLimits.Builder cpu() {
        return CpuLimits.builder();
    }

    @Test
    @Needs(value = Feature.LIMIT_CPU, limits = Limit.CPU_SHARES)
    @Observes("resources.cpu.shares")
    default void cpuSharesAreSet(Kit kit) throws Exception {
        String value = LimitProbe.read(
                kit, Limit.CPU_SHARES, limits -> limits.cpu(cpu().shares(2048).build()));
        // Two formulas are in use for the weight of version 2: the linear one of 2020, and that of 2025, by which 1024
        // is 100.
        List<String> expected = kit.machine().file(Limit.CPU_SHARES).unified() ? List.of("79", "174") : List.of("2048");
        assertTrue(expected.contains(value), value);
    }

    @Test
    @Needs(
            value = Feature.LIMIT_CPU,
            limits = {Limit.CPU_QUOTA, Limit.CPU_PERIOD})
    @Observes("resources.cpu.quota")
    default void cpuTimeIsLimited(Kit kit) throws Exception {
        LimitProbe.assertLimit(
                kit,
                Limit.CPU_QUOTA,
                limits -> limits.cpu(cpu().quota(30_000).period(60_000).build()),
                "30000",
                "30000 60000");
    }

    @Test
    @Needs(
            value = Feature.LIMIT_CPU,
            limits = {Limit.CPU_QUOTA, Limit.CPU_PERIOD})
    @Observes("resources.cpu.period")
    default void cpuTimeIsLimitedInPeriods(Kit kit) throws Exception {
        LimitProbe.assertLimit(
                kit,
                Limit.CPU_PERIOD,
                limits -> limits.cpu(cpu().quota(30_000).period(60_000).build()),
                "60000",
                "30000 60000");
    }

    @Test
    @Needs(value = Feature.LIMIT_CPU, limits = Limit.CPU_QUOTA)
    default void cpuTimeCanBeUnlimited(Kit kit) throws Exception {
        LimitProbe.assertLimit(
                kit, Limit.CPU_QUOTA, limits -> limits.cpu(cpu().quota(-1).build()), "-1", "max 100000");
    }

    @Test
    @Needs(
            value = Feature.LIMIT_CPU,
            limits = {Limit.CPU_QUOTA, Limit.CPU_BURST})
    @Observes("resources.cpu.burst")
    default void cpuTimeIsSavedUp(Kit kit) throws Exception {
        LimitProbe.assertLimit(
                kit,
                Limit.CPU_BURST,
                limits -> limits.cpu(
                        cpu().quota(30_000).period(60_000).burst(7_000).build()),
                "7000",
                "7000");
    }

    /** Below the hierarchy's root, because the time of a cgroup comes from its parent's. */
    @Test
    @Needs(
            value = Feature.LIMIT_CPU,
            limits = {Limit.CPU_REALTIME_RUNTIME, Limit.CPU_REALTIME_PERIOD})
    @Observes({"resources.cpu.realtimeRuntime", "resources.cpu.realtimePeriod"})
    default void realtimeIsGiven(Kit kit) throws Exception {
        List<String> values = kit.answers(kit.command(
                        show(Fact.FILE, LimitProbe.path(kit, Limit.CPU_REALTIME_RUNTIME)),
                        show(Fact.FILE, LimitProbe.path(kit, Limit.CPU_REALTIME_PERIOD)))
                .cgroup(new CgroupPlacement.Parent("/"))
                .resources(limits -> limits.cpu(
                        cpu().realtimeRuntime(9_000).realtimePeriod(500_000).build())));
        assertEquals(List.of("9000", "500000"), values);
    }

    @Test
    @Needs(value = Feature.LIMIT_CPU, limits = Limit.CPU_IDLE)
    @Observes("resources.cpu.idle")
    default void aContainerCanBeIdle(Kit kit) throws Exception {
        LimitProbe.assertLimit(
                kit, Limit.CPU_IDLE, limits -> limits.cpu(cpu().idle(true).build()), "1", "1");
    }

    @Test
    @Needs(value = Feature.LIMIT_CPUSET, limits = Limit.CPUSET_CPUS)
    @Observes("resources.cpu.cpus")
    default void processorsAreChosen(Kit kit) throws Exception {
        String last = Integer.toString(kit.machine().processors() - 1);
        List<String> values = kit.answers(kit.command(
                        show(Fact.FILE, LimitProbe.path(kit, Limit.CPUSET_CPUS)),
                        show(Fact.STATUS, "Cpus_allowed_list"))
                .resources(limits -> limits.cpu(cpu().cpus(last).build())));
        assertEquals(List.of(last, last), values);
    }

    @Test
    @Needs(value = Feature.LIMIT_CPUSET, limits = Limit.CPUSET_MEMS)
    @Observes("resources.cpu.mems")
    default void memoryNodesAreChosen(Kit kit) throws Exception {
        LimitProbe.assertLimit(
                kit, Limit.CPUSET_MEMS, limits -> limits.cpu(cpu().mems("0").build()), "0", "0");
    }

    @Test
    @Needs(value = Feature.LIMIT_CPUSET, limitsToObserve = Limit.CPUSET_CPUS)
    default void processorsThatAreNotThereAreRefused(Kit kit) {
        assertRefused(
                ErrorKind.MACHINE,
                List.of("resources.cpu.cpus"),
                () -> kit.run(kit.command(line("x"))
                        .resources(limits -> limits.cpu(cpu().cpus("4095").build()))));
    }
}
