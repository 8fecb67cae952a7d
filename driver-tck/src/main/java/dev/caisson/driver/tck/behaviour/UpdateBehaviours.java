// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.allocate;
import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.readLine;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.driver.resources.Resources;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.machine.Limit;
import dev.caisson.driver.tck.probe.Fact;
import dev.caisson.driver.tck.probe.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Changing the limits of a running container. */
public interface UpdateBehaviours {
    private static Live<ExitStatus> reading(Kit kit, UnaryOperator<Resources.Builder> limits, Limit... shown)
            throws InterruptedException {
        List<Step> steps = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            for (Limit limit : shown) {
                steps.add(show(Fact.FILE, LimitProbe.path(kit, limit)));
            }
            steps.add(readLine());
        }
        return kit.start(kit.command(steps.toArray(Step[]::new)).resources(limits));
    }

    @Test
    @Needs(
            value = {Feature.UPDATE, Feature.LIMIT_MEMORY, Feature.LIMIT_PIDS},
            limits = {Limit.MEMORY, Limit.PIDS})
    @Observes({"resources.memory.limit", "resources.pids"})
    default void givenLimitsAreChangedAndOthersStay(Kit kit) throws Exception {
        Live<ExitStatus> live =
                reading(kit, limits -> limits.memory(ByteSize.ofMib(64)).pids(30), Limit.MEMORY, Limit.PIDS);
        live.says("67108864").says("30");
        kit.driver()
                .update(
                        live.id(),
                        Resources.builder().memory(ByteSize.ofMib(96)).build());
        live.input().line("go");
        live.says("heard go").says("100663296").says("30");
    }

    @Test
    @Needs(
            value = {Feature.UPDATE, Feature.LIMIT_CPU},
            limits = {Limit.CPU_QUOTA, Limit.CPU_PERIOD, Limit.CPU_SHARES})
    @Observes({"resources.cpu.quota", "resources.cpu.period", "resources.cpu.shares"})
    default void cpuLimitsAreChanged(Kit kit) throws Exception {
        Live<ExitStatus> live = reading(
                kit,
                limits -> limits.cpu(CpuLimits.builder()
                        .quota(20_000)
                        .period(50_000)
                        .shares(1024)
                        .build()),
                Limit.CPU_QUOTA,
                Limit.CPU_PERIOD,
                Limit.CPU_SHARES);
        live.says(LimitProbe.expected(kit, Limit.CPU_QUOTA, "20000", "20000 50000"));
        live.says(LimitProbe.expected(kit, Limit.CPU_PERIOD, "50000", "20000 50000"));
        String before = live.line();
        kit.driver()
                .update(
                        live.id(),
                        Resources.builder()
                                .cpu(CpuLimits.builder()
                                        .quota(70_000)
                                        .period(80_000)
                                        .shares(4096)
                                        .build())
                                .build());
        live.input().line("go");
        live.says("heard go");
        live.says(LimitProbe.expected(kit, Limit.CPU_QUOTA, "70000", "70000 80000"));
        live.says(LimitProbe.expected(kit, Limit.CPU_PERIOD, "80000", "70000 80000"));
        assertTrue(Long.parseLong(before) < Long.parseLong(live.line()), "more shares than " + before);
    }

    @Test
    @Needs(
            value = {Feature.UPDATE, Feature.LIMIT_MEMORY},
            limits = {Limit.MEMORY, Limit.MEMORY_SWAP})
    @Observes({"resources.memory.limit", "resources.memory.swap"})
    default void memoryAndSwapGrowAndShrinkTogether(Kit kit) throws Exception {
        Live<ExitStatus> live = reading(kit, limits -> limits.memory(memory(64, 64)), Limit.MEMORY, Limit.MEMORY_SWAP);
        live.says("67108864").says(LimitProbe.expected(kit, Limit.MEMORY_SWAP, "67108864", "0"));
        kit.driver()
                .update(live.id(), Resources.builder().memory(memory(256, 256)).build());
        kit.driver()
                .update(live.id(), Resources.builder().memory(memory(48, 80)).build());
        live.input().line("go");
        live.says("heard go")
                .says("50331648")
                .says(LimitProbe.expected(kit, Limit.MEMORY_SWAP, "83886080", "33554432"));
    }

    private static MemoryLimits memory(long limit, long swap) {
        return MemoryLimits.builder()
                .limit(ByteSize.ofMib(limit))
                .swap(ByteSize.ofMib(swap))
                .build();
    }

    @Test
    @Needs(
            value = {Feature.UPDATE, Feature.LIMIT_CPUSET},
            limits = Limit.CPUSET_CPUS)
    @Observes("resources.cpu.cpus")
    default void processorsAreChanged(Kit kit) throws Exception {
        String all =
                kit.machine().processors() == 1 ? "0" : "0-" + (kit.machine().processors() - 1);
        Live<ExitStatus> live =
                reading(kit, limits -> limits.cpu(CpuLimits.builder().cpus("0").build()), Limit.CPUSET_CPUS);
        live.says("0");
        kit.driver()
                .update(
                        live.id(),
                        Resources.builder()
                                .cpu(CpuLimits.builder().cpus(all).build())
                                .build());
        live.input().line("go");
        live.says("heard go").says(all);
    }

    @Test
    @Needs(
            value = {Feature.UPDATE, Feature.LIMIT_MEMORY, Feature.LIMIT_PIDS},
            limits = {Limit.MEMORY, Limit.PIDS})
    @Observes("resources.memory.checkBeforeUpdate")
    default void anUpdateToLessThanIsInUseIsRefusedWhole(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(
                        allocate(40L << 20),
                        readLine(),
                        show(Fact.FILE, LimitProbe.path(kit, Limit.MEMORY)),
                        show(Fact.FILE, LimitProbe.path(kit, Limit.PIDS)),
                        readLine())
                .resources(limits -> limits.memory(ByteSize.ofMib(128)).pids(30)));
        live.says("allocated 41943040");
        assertRefused(
                StandardErrorCode.LIMIT_REFUSED,
                () -> kit.driver()
                        .update(
                                live.id(),
                                Resources.builder()
                                        .memory(MemoryLimits.builder()
                                                .limit(ByteSize.ofMib(16))
                                                .checkBeforeUpdate(true)
                                                .build())
                                        .pids(40)
                                        .build()));
        live.input().line("go");
        live.says("heard go").says("134217728").says("30");
    }

    @Test
    @Needs({Feature.UPDATE, Feature.LIMIT_MEMORY})
    default void anUpdateWithMistakesIsRefused(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        InvalidCommandException mistakes = assertThrows(
                InvalidCommandException.class,
                () -> kit.driver()
                        .update(
                                live.id(),
                                Resources.builder()
                                        .memory(MemoryLimits.builder()
                                                .swappiness(101)
                                                .build())
                                        .pids(0)
                                        .build()));
        assertEquals(2, mistakes.mistakes().size(), mistakes::toString);
    }

    @Test
    @Needs(
            value = {Feature.UPDATE, Feature.CREATE, Feature.LIMIT_PIDS},
            limitsToObserve = Limit.PIDS)
    default void anUpdateNeedsARunningContainer(Kit kit) throws Exception {
        Resources change = Resources.builder().pids(40).build();
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().update(kit.newId(), change));
        Container container = kit.create(kit.command(exit(0)), kit.transcript());
        container.start();
        container.await();
        assertRefused(StandardErrorCode.NOT_RUNNING, () -> kit.driver().update(container.id(), change));
    }
}
