// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.stats.BlockIoStats;
import dev.caisson.driver.stats.CpuStats;
import dev.caisson.driver.stats.HugepageStats;
import dev.caisson.driver.stats.InterfaceStats;
import dev.caisson.driver.stats.MemoryCounter;
import dev.caisson.driver.stats.PidsStats;
import dev.caisson.driver.stats.ResourceStats;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.fake.RecordingKernel;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CgroupTest {
    private static final int INIT = 7;
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;

    @Test
    void statsOfVersion1() {
        ResourceStats stats = Limits.running(Machines.v1()).stats(INIT);
        assertEquals(
                Optional.of(new CpuStats(
                        Duration.ofNanos(3000),
                        List.of(Duration.ofNanos(1200), Duration.ofNanos(1800)),
                        Duration.ofNanos(1000),
                        Duration.ofNanos(2000),
                        10,
                        4,
                        Duration.ofNanos(5000))),
                stats.cpu());
        assertEquals(
                new MemoryCounter(4096, 8192, -1, 3),
                stats.memory().orElseThrow().usage());
        assertEquals(1000, stats.memory().orElseThrow().cache());
        assertEquals(
                Map.of("cache", 100L, "rss", 200L, "total_cache", 1000L),
                stats.memory().orElseThrow().raw());
        assertEquals(1000 * 1024, stats.memoryLimit());
        assertEquals(
                List.of(new BlockIoStats.Entry(8, 0, "Read", 10), new BlockIoStats.Entry(8, 0, "Write", 20)),
                stats.blockIo().orElseThrow().serviceBytes());
        assertEquals(Optional.of(new PidsStats(2, -1)), stats.pids());
        assertEquals(Map.of("2MB", new HugepageStats(2097152, 4194304, 1)), stats.hugepages());
        assertEquals(List.of(new InterfaceStats("lo", 1, 2, 3, 4, 9, 10, 11, 12)), stats.interfaces());
        assertEquals(Duration.ofSeconds(2), stats.systemCpu());
        assertEquals(4, stats.onlineCpus());
        assertEquals(Map.of(), stats.pressure());
    }

    @Test
    void statsOfVersion2() {
        RecordingKernel kernel = Machines.v2();
        Cgroup cgroup = Limits.running(kernel);
        kernel.files().put(Machines.ROOT + "/caisson/a/memory.max", "65536\n");
        ResourceStats stats = cgroup.stats(99);
        assertEquals(
                Optional.of(new CpuStats(
                        Duration.ofNanos(3000),
                        List.of(),
                        Duration.ofNanos(1000),
                        Duration.ofNanos(2000),
                        10,
                        4,
                        Duration.ofNanos(5000))),
                stats.cpu());
        assertEquals(
                new MemoryCounter(4096, 8192, 65536, 3),
                stats.memory().orElseThrow().usage());
        assertEquals(
                Optional.of(new MemoryCounter(7, 7, -1, 0)),
                stats.memory().orElseThrow().swap());
        assertEquals(1000, stats.memory().orElseThrow().cache());
        assertEquals(2, stats.memory().orElseThrow().oomKills());
        assertEquals(65536, stats.memoryLimit());
        assertEquals(
                Map.of("Read", 1L, "Write", 2L, "Discard", 0L),
                stats.blockIo().orElseThrow().serviced().stream()
                        .collect(java.util.stream.Collectors.toMap(
                                BlockIoStats.Entry::operation, BlockIoStats.Entry::value)));
        assertEquals(2.0, stats.pressure().get("cpu").some().average60());
        assertEquals(Map.of("2MB", new HugepageStats(2097152, 2097152, 1)), stats.hugepages());
        assertEquals(List.of(), stats.interfaces());
    }

    @Test
    void processesAreThoseOfTheWholeTree() {
        RecordingKernel kernel = Machines.v2();
        Cgroup cgroup = Limits.running(kernel);
        kernel.files()
                .put(Machines.ROOT + "/caisson/a/cgroup.procs", "30\n0\n4\n")
                .put(Machines.ROOT + "/caisson/a/sub/cgroup.procs", "12\n")
                .put(Machines.ROOT + "/caisson/a/sub/deeper/cgroup.procs", "11\n12\n");
        assertEquals(List.of(4, 11, 12, 30), cgroup.processes());
        kernel.files().removeDirectory(Machines.ROOT + "/caisson/a");
        assertEquals(List.of(), cgroup.processes());
    }

    @Test
    void killingAllIsOneWriteWhereTheKernelHasIt() throws Exception {
        RecordingKernel kernel = Machines.hybrid(List.of("freezer"), List.of("none"));
        Cgroup cgroup = Limits.running(kernel);
        cgroup.signalAll(SIGKILL);
        assertEquals(List.of("unified/cgroup.kill=1"), Limits.writes(kernel));
    }

    @Test
    void otherwiseAllAreFrozenSignalledAndThawed() throws Exception {
        RecordingKernel kernel = Machines.v1();
        Cgroup cgroup = Limits.running(kernel);
        kernel.files().put(Machines.ROOT + "/cpuset/caisson/a/cgroup.procs", "4\n5\n");
        kernel.fail("kill 15 to 4", Errno.ESRCH);
        cgroup.signalAll(SIGTERM);
        assertEquals(
                List.of(
                        "write FROZEN to " + Machines.ROOT + "/freezer/caisson/a/freezer.state",
                        "kill 15 to 4",
                        "kill 15 to 5",
                        "write THAWED to " + Machines.ROOT + "/freezer/caisson/a/freezer.state"),
                kernel.calls());
        assertFalse(cgroup.isFrozen());
    }

    @Test
    void aFrozenContainerIsThawedOnlyToDie() throws Exception {
        RecordingKernel kernel = Machines.v1();
        Cgroup cgroup = Limits.running(kernel);
        cgroup.freeze();
        assertTrue(cgroup.isFrozen());
        cgroup.signalAll(SIGTERM);
        assertTrue(cgroup.isFrozen());
        cgroup.signalAll(SIGKILL);
        assertFalse(cgroup.isFrozen());
    }

    @Test
    void freezingIsTriedAgainUntilAllHaveStopped() throws Exception {
        RecordingKernel kernel = Machines.v1();
        Cgroup cgroup = Limits.running(kernel);
        int[] tries = {0};
        kernel.files()
                .react(
                        "freezer.state",
                        written -> written.equals("FROZEN") && ++tries[0] < 60 ? "FREEZING\n" : written + "\n");
        cgroup.freeze();
        assertEquals(60, tries[0]);
        assertEquals(
                1,
                Limits.writes(kernel).stream()
                        .filter(w -> w.endsWith("=THAWED"))
                        .count());
    }

    @Test
    void anInterruptEndsFreezingAndThaws() {
        RecordingKernel kernel = Machines.v1();
        Cgroup cgroup = Limits.running(kernel);
        kernel.files().react("freezer.state", written -> written.equals("FROZEN") ? "FREEZING\n" : written + "\n");
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, cgroup::freeze);
        assertEquals("freezer/freezer.state=THAWED", Limits.writes(kernel).get(1));
    }

    @Test
    void withoutAFreezerThereIsNoPausing() {
        Cgroup cgroup = Limits.running(Machines.hybrid(List.of("pids"), List.of()));
        assertThrows(DriverException.class, cgroup::freeze);
        assertThrows(DriverException.class, cgroup::thaw);
        assertFalse(cgroup.isFrozen());
        assertTrue(cgroup.watchOom(kills -> {}).isEmpty());
    }
}
