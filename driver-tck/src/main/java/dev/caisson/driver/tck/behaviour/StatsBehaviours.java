// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.allocate;
import static dev.caisson.driver.tck.probe.Steps.attempt;
import static dev.caisson.driver.tck.probe.Steps.burn;
import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.readLine;
import static dev.caisson.driver.tck.probe.Steps.spawn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.driver.stats.BlockIoStats;
import dev.caisson.driver.stats.CpuStats;
import dev.caisson.driver.stats.InterfaceStats;
import dev.caisson.driver.stats.MemoryStats;
import dev.caisson.driver.stats.PidsStats;
import dev.caisson.driver.stats.ResourceStats;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.machine.Limit;
import dev.caisson.driver.tck.probe.Deed;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a running container has used. */
public interface StatsBehaviours {
    private static Live<ExitStatus> working(Kit kit) throws InterruptedException {
        Live<ExitStatus> live = kit.start(kit.command(
                        allocate(20L << 20),
                        burn(100_000),
                        line("done"),
                        readLine(),
                        burn(100_000),
                        line("again"),
                        hold())
                .resources(limits -> kit.has(Feature.LIMIT_MEMORY)
                                && kit.machine().lacks(Limit.MEMORY).isEmpty()
                        ? limits.memory(ByteSize.ofMib(256))
                        : limits));
        return live.says("allocated 20971520").says("burnt 100000").says("done");
    }

    @Test
    @Needs(Feature.STATS)
    default void statsTellProcessorTime(Kit kit) throws Exception {
        Live<ExitStatus> live = working(kit);
        ResourceStats first = kit.driver().stats(live.id());
        CpuStats cpu = first.cpu().orElseThrow();
        assertTrue(cpu.total().compareTo(Duration.ofMillis(5)) > 0, cpu::toString);
        assertTrue(cpu.user().plus(cpu.kernel()).compareTo(Duration.ZERO) > 0, cpu::toString);
        live.input().line("go");
        live.says("heard go").says("burnt 100000").says("again");
        ResourceStats second = kit.driver().stats(live.id());
        assertTrue(second.cpu().orElseThrow().total().compareTo(cpu.total()) > 0, () -> first + " then " + second);
        assertFalse(second.read().isBefore(first.read()), () -> first + " then " + second);
        assertTrue(second.systemCpu().compareTo(first.systemCpu()) >= 0, () -> first + " then " + second);
    }

    @Test
    @Needs(Feature.STATS)
    default void statsTellTheMachine(Kit kit) throws Exception {
        ResourceStats stats = kit.driver().stats(working(kit).id());
        assertTrue(stats.onlineCpus() >= 1, stats::toString);
        assertTrue(stats.systemCpu().compareTo(Duration.ZERO) > 0, stats::toString);
        assertTrue(stats.memoryLimit() > 1L << 20, stats::toString);
        assertFalse(stats.read().isAfter(Instant.now().plusMillis(1)), stats::toString);
    }

    @Test
    @Needs(
            value = {Feature.STATS, Feature.LIMIT_MEMORY},
            limitsToObserve = Limit.MEMORY)
    default void statsTellMemory(Kit kit) throws Exception {
        ResourceStats stats = kit.driver().stats(working(kit).id());
        MemoryStats memory = stats.memory().orElseThrow();
        assertTrue(memory.usage().usage() >= 20L << 20, memory::toString);
        assertTrue(memory.usage().usage() <= 256L << 20, memory::toString);
        assertEquals(256L << 20, memory.usage().limit());
        assertEquals(256L << 20, stats.memoryLimit());
        assertEquals(0, memory.oomKills());
        assertFalse(memory.raw().isEmpty(), memory::toString);
    }

    @Test
    @Needs(
            value = {Feature.STATS, Feature.LIMIT_PIDS},
            limitsToObserve = Limit.PIDS)
    default void statsTellProcesses(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(spawn(), readLine()).resources(limits -> limits.pids(25)));
        live.says("child ready");
        PidsStats pids = kit.driver().stats(live.id()).pids().orElseThrow();
        assertEquals(25, pids.limit());
        assertTrue(pids.current() >= 2 && pids.current() <= 25, pids::toString);
    }

    @Test
    @Needs({Feature.STATS, Feature.NETWORK_NONE})
    default void statsTellTheContainersInterfaces(Kit kit) throws Exception {
        List<InterfaceStats> interfaces = kit.driver().stats(working(kit).id()).interfaces();
        assertEquals(
                List.of("lo"), interfaces.stream().map(InterfaceStats::name).toList());
    }

    @Test
    @Needs(
            value = {Feature.STATS, Feature.LIMIT_CPU},
            limitsToObserve = Limit.CPU_QUOTA)
    default void statsTellThrottling(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(burn(200_000), hold())
                .resources(limits -> limits.cpu(
                        CpuLimits.builder().period(10_000).quota(2_000).build())));
        live.says("burnt 200000");
        CpuStats cpu = kit.driver().stats(live.id()).cpu().orElseThrow();
        assertTrue(cpu.periods() > 0, cpu::toString);
        assertTrue(cpu.throttledPeriods() > 0, cpu::toString);
        assertTrue(cpu.throttled().compareTo(Duration.ZERO) > 0, cpu::toString);
    }

    @Test
    @Needs(
            value = {Feature.STATS, Feature.LIMIT_BLOCK_IO},
            toObserve = Facility.DIRECT_IO,
            limitsToObserve = Limit.BLOCK_READ_BPS)
    default void statsTellBlockIo(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(attempt(Deed.FILL_DIRECT, "/file", "8"), hold()));
        live.says("ok");
        BlockIoStats io = kit.driver().stats(live.id()).blockIo().orElseThrow();
        long written = io.serviceBytes().stream()
                .filter(entry -> entry.operation().equals("Write"))
                .mapToLong(BlockIoStats.Entry::value)
                .sum();
        assertTrue(written >= 8L << 20, io::toString);
        assertFalse(io.serviced().isEmpty(), io::toString);
    }

    @Test
    @Needs(value = Feature.STATS, toObserve = Facility.PRESSURE)
    default void statsTellPressure(Kit kit) throws Exception {
        assertTrue(
                kit.driver().stats(working(kit).id()).pressure().keySet().containsAll(Set.of("cpu", "memory", "io")));
    }

    @Test
    @Needs(
            value = {Feature.STATS, Feature.LIMIT_HUGEPAGES},
            limitsToObserve = Limit.HUGEPAGES)
    default void statsTellHugepages(Kit kit) throws Exception {
        ResourceStats stats = kit.driver().stats(working(kit).id());
        assertTrue(stats.hugepages().containsKey(kit.machine().hugepageSize()), stats::toString);
    }

    @Test
    @Needs({Feature.STATS, Feature.CREATE})
    default void statsNeedARunningContainer(Kit kit) throws Exception {
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().stats(kit.newId()));
        Container container = kit.create(kit.command(exit(0)), kit.transcript());
        container.start();
        container.await();
        assertRefused(StandardErrorCode.NOT_RUNNING, () -> kit.driver().stats(container.id()));
    }

    @Test
    @Needs(value = Feature.LIMIT_MEMORY, limitsToObserve = Limit.MEMORY)
    default void anExitStatusTellsThePeakOfMemory(Kit kit) throws Exception {
        ExitStatus status = kit.driver()
                .run(
                        kit.command(allocate(24L << 20))
                                .resources(limits -> limits.memory(ByteSize.ofMib(256)))
                                .build(),
                        Pipes.discard(),
                        StartCallback.NONE);
        long peak = status.usage().memoryPeak().orElse(0);
        assertTrue(peak >= 24L << 20 && peak <= 256L << 20, status::toString);
    }

    @Test
    @Needs(toObserve = Facility.DIRECT_IO, limitsToObserve = Limit.BLOCK_READ_BPS)
    default void anExitStatusTellsBlockIo(Kit kit) throws Exception {
        assumeTrue(kit.has(Feature.LIMIT_BLOCK_IO), "who limits nothing need not count it");
        ExitStatus status = kit.driver()
                .run(kit.command(attempt(Deed.FILL_DIRECT, "/file", "8")).build(), Pipes.discard(), StartCallback.NONE);
        assertTrue(status.usage().writtenBytes().orElse(0) >= 8L << 20, status::toString);
    }
}
