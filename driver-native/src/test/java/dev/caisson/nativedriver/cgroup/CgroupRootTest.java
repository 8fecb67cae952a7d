// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.BlockIoLimits;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.driver.resources.DeviceRule;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.driver.resources.Resources;
import dev.caisson.driver.stats.MemoryStats;
import dev.caisson.driver.stats.ResourceStats;
import dev.caisson.nativedriver.cgroup.controller.OomWatch;
import dev.caisson.nativedriver.procfs.ProcessStat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CgroupRootTest {
    private static final int SIGKILL = 9;
    private static final int SIGTERM = 15;
    private static final long MIB = 1 << 20;
    private static final String TOO_MUCH = "x=$(head -c 200m /dev/zero | tr '\\0' a); echo $x";

    private static Resources memory(long bytes) {
        return Resources.builder().memory(ByteSize.of(bytes)).build();
    }

    private static BlockIoLimits reads(long major, long rate) {
        return new BlockIoLimits(
                OptionalInt.empty(),
                OptionalInt.empty(),
                List.of(),
                List.of(new BlockIoLimits.ThrottleDevice(major, 0, rate)),
                List.of(),
                List.of(),
                List.of());
    }

    private static char state(RealCgroup group, long pid) {
        return ProcessStat.parse(group.kernel.files().read("/proc/" + pid + "/stat"))
                .state();
    }

    private static void awaitState(RealCgroup group, Process process, char state) {
        while (state(group, process.pid()) != state) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aContainerMayBeMadeWithoutAnyLimit() throws Exception {
        try (RealCgroup group = RealCgroup.of(Resources.none())) {
            Process process = group.start("cat /proc/self/cgroup");
            String membership = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            String path = group.plan.place().path();
            assertEquals(
                    group.plan.removals().size(),
                    membership.lines().filter(l -> l.endsWith(":" + path)).count());
            assertEquals(0, process.waitFor());
        }
    }

    @Test
    void limitsOfVersion1AreSetChangedAndPutBackWhenOneIsRefused() throws Exception {
        RealCgroup.assumeMemoryIn(Version.V1);
        Resources limits = Resources.builder()
                .memory(MemoryLimits.builder()
                        .limit(ByteSize.of(64 * MIB))
                        .swap(ByteSize.of(128 * MIB))
                        .reservation(ByteSize.of(32 * MIB))
                        .swappiness(10)
                        .build())
                .cpu(CpuLimits.builder()
                        .shares(512)
                        .quota(50000)
                        .period(100000)
                        .burst(10000)
                        .cpus("0")
                        .build())
                .pids(20)
                .build();
        try (RealCgroup group = RealCgroup.of(limits)) {
            group.start("sleep 100");
            assertEquals(Long.toString(64 * MIB), group.read("memory.limit_in_bytes"));
            assertEquals(Long.toString(128 * MIB), group.read("memory.memsw.limit_in_bytes"));
            assertEquals(Long.toString(32 * MIB), group.read("memory.soft_limit_in_bytes"));
            assertEquals("10", group.read("memory.swappiness"));
            assertEquals("512", group.read("cpu.shares"));
            assertEquals("50000", group.read("cpu.cfs_quota_us"));
            assertEquals("10000", group.read("cpu.cfs_burst_us"));
            assertEquals("0", group.read("cpuset.cpus"));
            assertEquals("20", group.read("pids.max"));

            group.cgroup.update(Resources.builder()
                    .memory(MemoryLimits.builder()
                            .limit(ByteSize.of(256 * MIB))
                            .swap(ByteSize.of(512 * MIB))
                            .build())
                    .cpu(CpuLimits.builder()
                            .quota(5000)
                            .period(10000)
                            .burst(100)
                            .cpus("0-1")
                            .build())
                    .pids(-1)
                    .build());
            assertEquals(Long.toString(256 * MIB), group.read("memory.limit_in_bytes"));
            assertEquals("5000", group.read("cpu.cfs_quota_us"));
            assertEquals("10000", group.read("cpu.cfs_period_us"));
            assertEquals("0-1", group.read("cpuset.cpus"));
            assertEquals("max", group.read("pids.max"));

            String message = Limits.refusal(
                    StandardErrorCode.LIMIT_REFUSED,
                    "resources.blockIo.readBps[0]",
                    () -> group.cgroup.update(Resources.builder()
                            .memory(MemoryLimits.builder()
                                    .limit(ByteSize.of(MIB))
                                    .swap(ByteSize.of(-1))
                                    .build())
                            .cpu(CpuLimits.builder().shares(2).quota(-1).build())
                            .pids(3)
                            .blockIo(reads(999, 1000))
                            .build()));
            assertTrue(message.contains("name a block device"), message);
            assertEquals(Long.toString(256 * MIB), group.read("memory.limit_in_bytes"));
            assertEquals(Long.toString(512 * MIB), group.read("memory.memsw.limit_in_bytes"));
            assertEquals("512", group.read("cpu.shares"));
            assertEquals("5000", group.read("cpu.cfs_quota_us"));
            assertEquals("max", group.read("pids.max"));
        }
    }

    @Test
    void limitsOfVersion2AreSetChangedAndPutBackWhenOneIsRefused() throws Exception {
        RealCgroup.assumeMemoryIn(Version.V2);
        try (RealCgroup group = RealCgroup.of(Resources.none())) {
            group.start("sleep 100");
            group.cgroup.update(Resources.builder()
                    .memory(MemoryLimits.builder()
                            .limit(ByteSize.of(64 * MIB))
                            .swap(ByteSize.of(96 * MIB))
                            .reservation(ByteSize.of(32 * MIB))
                            .build())
                    .cpu(CpuLimits.builder()
                            .shares(512)
                            .quota(50000)
                            .period(100000)
                            .burst(10000)
                            .cpus("0")
                            .build())
                    .pids(20)
                    .unified(Map.of("memory.high", Long.toString(48 * MIB)))
                    .build());
            assertEquals(Long.toString(64 * MIB), group.read("memory.max"));
            assertEquals(Long.toString(32 * MIB), group.read("memory.swap.max"));
            assertEquals(Long.toString(32 * MIB), group.read("memory.low"));
            assertEquals(Long.toString(48 * MIB), group.read("memory.high"));
            assertEquals("59", group.read("cpu.weight"));
            assertEquals("50000 100000", group.read("cpu.max"));
            assertEquals("10000", group.read("cpu.max.burst"));
            assertEquals("0", group.read("cpuset.cpus"));
            assertEquals("20", group.read("pids.max"));

            Limits.refusal(
                    StandardErrorCode.LIMIT_REFUSED,
                    "resources.blockIo.readBps[0]",
                    () -> group.cgroup.update(Resources.builder()
                            .memory(MemoryLimits.builder()
                                    .limit(ByteSize.of(-1))
                                    .swap(ByteSize.of(-1))
                                    .build())
                            .cpu(CpuLimits.builder()
                                    .shares(2)
                                    .quota(-1)
                                    .burst(0)
                                    .build())
                            .pids(-1)
                            .blockIo(reads(999, 1000))
                            .build()));
            assertEquals(Long.toString(64 * MIB), group.read("memory.max"));
            assertEquals(Long.toString(32 * MIB), group.read("memory.swap.max"));
            assertEquals("59", group.read("cpu.weight"));
            assertEquals("50000 100000", group.read("cpu.max"));
            assertEquals("10000", group.read("cpu.max.burst"));
            assertEquals("20", group.read("pids.max"));
        }
    }

    @Test
    void processesAreCountedListedFrozenAndKilled() throws Exception {
        try (RealCgroup group = RealCgroup.of(memory(64 * MIB))) {
            Process process = group.start("sleep 1000 & sleep 1000 & echo up; while :; do :; done");
            assertEquals('u', process.getInputStream().read());
            List<Integer> pids = group.cgroup.processes();
            assertEquals(3, pids.size());
            assertTrue(pids.contains((int) process.pid()));

            ResourceStats stats = group.cgroup.stats((int) process.pid());
            assertEquals(3, stats.pids().orElseThrow().current());
            assertEquals(64 * MIB, stats.memoryLimit());
            assertTrue(stats.memory().orElseThrow().usage().usage() > 0);
            assertTrue(stats.cpu().orElseThrow().total().toNanos() > 0);
            assertTrue(stats.interfaces().stream().anyMatch(i -> i.name().equals("lo")));
            assertTrue(stats.systemCpu().toSeconds() > 0);

            group.cgroup.freeze();
            assertTrue(group.cgroup.isFrozen());
            group.cgroup.freeze();
            long cpu = group.cgroup.stats(1).cpu().orElseThrow().total().toNanos();
            assertEquals(3, group.cgroup.processes().size());
            assertEquals(cpu, group.cgroup.stats(1).cpu().orElseThrow().total().toNanos());
            group.cgroup.thaw();
            assertFalse(group.cgroup.isFrozen());
            group.cgroup.signalAll(SIGTERM);
            assertEquals(128 + SIGTERM, process.waitFor());
        }
    }

    /** A process that forks without end is the one that gets away from a kill that goes pid by pid. */
    private static void killsAForkBomb(RealCgroup group) throws Exception {
        // Without its limit the script would take the whole machine.
        assertEquals("200", group.read("pids.max"));
        Process process = group.start("echo up; f() { sleep 100 & f & f & }; f; wait");
        assertEquals('u', process.getInputStream().read());
        group.cgroup.signalAll(SIGKILL);
        assertEquals(128 + SIGKILL, process.waitFor());
        while (!group.cgroup.processes().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static Resources fewProcesses() {
        return Resources.builder().pids(200).build();
    }

    @Test
    void nothingGetsAwayFromAKill() throws Exception {
        try (RealCgroup group = RealCgroup.of(fewProcesses())) {
            killsAForkBomb(group);
        }
    }

    @Test
    void nothingGetsAwayFromAKillOnVersion1Alone() throws Exception {
        try (RealCgroup group = new RealCgroup(fewProcesses(), tree -> tree.version() == Version.V1)) {
            killsAForkBomb(group);
        }
    }

    @Test
    void theFreezerOfVersion1Freezes() throws Exception {
        try (RealCgroup group = new RealCgroup(Resources.none(), tree -> tree.version() == Version.V1)) {
            Process process = group.start("while :; do :; done");
            for (int round = 0; round < 20; round++) {
                group.cgroup.freeze();
                assertTrue(group.cgroup.isFrozen());
                group.cgroup.thaw();
                assertFalse(group.cgroup.isFrozen());
            }
            group.cgroup.freeze();
            group.cgroup.signalAll(SIGKILL);
            assertEquals(128 + SIGKILL, process.waitFor());
        }
    }

    private static void hand(SynchronousQueue<Long> queue, long value) {
        try {
            queue.put(value);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void runningOutOfMemoryIsToldAndReported() throws Exception {
        try (RealCgroup group = RealCgroup.of(memory(16 * MIB))) {
            SynchronousQueue<Long> told = new SynchronousQueue<>();
            OomWatch watch = group.cgroup.watchOom(count -> hand(told, count)).orElseThrow();
            Process process = group.start(TOO_MUCH);
            assertEquals(128 + SIGKILL, process.waitFor());
            // The kernel may kill the process that feeds it as well, before it has got its memory back.
            Long kills = told.poll(20, TimeUnit.SECONDS);
            assertTrue(kills != null && kills >= 1, () -> "killed: " + kills);
            watch.close();
            ExitReport report = group.report();
            assertTrue(report.oomKilled());
            assertTrue(report.memoryPeak().orElseThrow() > 8 * MIB);
            assertTrue(report.userCpu()
                            .orElseThrow()
                            .plus(report.systemCpu().orElseThrow())
                            .toNanos()
                    > 0);
            MemoryStats memory = group.cgroup.stats(1).memory().orElseThrow();
            assertTrue(memory.usage().failures() > 0);
            assertTrue(memory.oomKills() >= 1, memory::toString);
        }
    }

    @RepeatedTest(5)
    void everyKillForWantOfMemoryIsToldOnce() throws Exception {
        try (RealCgroup group = RealCgroup.of(memory(16 * MIB))) {
            BlockingQueue<Long> told = new LinkedBlockingQueue<>();
            OomWatch watch = group.cgroup.watchOom(told::add).orElseThrow();
            // tail keeps the whole of the line that never ends.
            Process process = group.start("tail /dev/zero; read go; tail /dev/zero; exit 3");
            assertEquals(1L, told.poll(20, TimeUnit.SECONDS));
            process.getOutputStream().close();
            assertEquals(2L, told.poll(20, TimeUnit.SECONDS));
            assertEquals(3, process.waitFor());
            watch.close();
            assertEquals(0, told.size());
        }
    }

    @Test
    void aRunWithinItsLimitsIsReportedAsSuch() throws Exception {
        try (RealCgroup group = RealCgroup.of(memory(64 * MIB))) {
            CountDownLatch told = new CountDownLatch(1);
            group.cgroup.watchOom(kills -> told.countDown()).orElseThrow();
            assertEquals(0, group.start("exit 0").waitFor());
            assertFalse(group.report().oomKilled());
            assertEquals(1, told.getCount());
        }
    }

    @Test
    void theOomKillerCanBeSwitchedOffAndOn() throws Exception {
        RealCgroup.assumeMemoryIn(Version.V1);
        MemoryLimits limits = MemoryLimits.builder()
                .limit(ByteSize.of(16 * MIB))
                .swap(ByteSize.of(16 * MIB))
                .disableOomKiller(true)
                .build();
        try (RealCgroup group = RealCgroup.of(Resources.none())) {
            group.cgroup.update(Resources.builder().memory(limits).build());
            CountDownLatch told = new CountDownLatch(1);
            group.cgroup.watchOom(kills -> told.countDown()).orElseThrow();
            Process process = group.start(TOO_MUCH);
            while (!group.read("memory.oom_control").contains("under_oom 1")) {
                Thread.onSpinWait();
            }
            assertTrue(process.isAlive());
            assertEquals(1, told.getCount());
            assertEquals(
                    "oom_kill_disable 1",
                    group.read("memory.oom_control").lines().findFirst().orElseThrow());
            group.cgroup.update(Resources.builder()
                    .memory(MemoryLimits.builder().disableOomKiller(false).build())
                    .build());
            assertNotEquals(0, process.waitFor());
            assertTrue(group.report().oomKilled());
        }
    }

    private static Resources onlyNull() {
        return Resources.builder()
                .devices(List.of(DeviceRule.denyAll(), DeviceRule.allow(DeviceRule.Type.CHARACTER, 1, 3, "rwm")))
                .build();
    }

    private static void devicesAreThoseOfTheRules(RealCgroup group) throws Exception {
        Process process = group.start(
                "echo x >/dev/null && echo null; head -c 1 /dev/zero >/dev/null && echo zero; echo done; read more;"
                        + " head -c 1 /dev/zero >/dev/null && echo zero; echo x >/dev/null && echo null");
        assertEquals("null\ndone\n", new String(process.getInputStream().readNBytes(10), StandardCharsets.UTF_8));
        awaitState(group, process, 'S');
        for (int i = 0; i < 2; i++) {
            group.cgroup.update(Resources.builder()
                    .devices(List.of(
                            DeviceRule.allow(DeviceRule.Type.CHARACTER, 1, 5, "r"),
                            DeviceRule.allow(DeviceRule.Type.CHARACTER, 1, 3, "w")))
                    .build());
        }
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
        assertEquals("zero\nnull\n", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }

    @Test
    void version1HasFilesForDevices() throws Exception {
        try (RealCgroup group = new RealCgroup(onlyNull(), tree -> tree.version() == Version.V1)) {
            devicesAreThoseOfTheRules(group);
            assertEquals("c 1:3 w\nc 1:5 r", group.read("devices.list"));
        }
    }

    @Test
    void version2HasProgramsForDevices() throws Exception {
        try (RealCgroup group = new RealCgroup(onlyNull(), tree -> tree.version() == Version.V2)) {
            devicesAreThoseOfTheRules(group);
        }
    }

    @Test
    void version2CountsPressureAndLimitsHugePages() throws Exception {
        try (RealCgroup group = new RealCgroup(Resources.none(), tree -> tree.version() == Version.V2)) {
            Process process = group.start("exec sleep 100");
            assertEquals(List.of((int) process.pid()), group.cgroup.processes());
            assertTrue(group.cgroup.stats(1).pressure().containsKey("cpu"));
            Assumptions.assumeTrue(
                    group.manager.layout().unified().orElseThrow().has("hugetlb"), "needs hugetlb in cgroup v2");
            group.cgroup.update(Resources.builder()
                    .hugepages(Map.of("2MB", ByteSize.of(4 * MIB)))
                    .build());
            assertEquals(Long.toString(4 * MIB), group.read("hugetlb.2MB.max"));
            assertEquals(0, group.cgroup.stats(1).hugepages().get("2MB").usage());
            group.cgroup.update(Resources.builder()
                    .unified(Map.of("hugetlb.2MB.max", "max"))
                    .build());
            assertEquals("max", group.read("hugetlb.2MB.max"));
        }
    }

    @Test
    void realtimeAndOtherRefusalsOfTheKernelAreExplained() throws Exception {
        RealCgroup.assumeMemoryIn(Version.V1);
        try (RealCgroup group = RealCgroup.of(Resources.none())) {
            Assumptions.assumeTrue(group.has("cpu.rt_runtime_us"), "needs a kernel with CONFIG_RT_GROUP_SCHED");
            String message = Limits.refusal(
                    StandardErrorCode.LIMIT_REFUSED,
                    "resources.cpu.realtimeRuntime",
                    () -> group.cgroup.update(Resources.builder()
                            .cpu(CpuLimits.builder().realtimeRuntime(1000).build())
                            .build()));
            assertTrue(message.contains("give the parent cgroup real-time time first"), message);
            String kernelMemory = Limits.refusal(
                    StandardErrorCode.CONTROLLER_LACKS,
                    "resources.memory.kernel",
                    () -> group.cgroup.update(Resources.builder()
                            .memory(MemoryLimits.builder()
                                    .kernel(ByteSize.of(MIB))
                                    .build())
                            .build()));
            assertTrue(kernelMemory.contains("leave it out"), kernelMemory);
        }
    }
}
