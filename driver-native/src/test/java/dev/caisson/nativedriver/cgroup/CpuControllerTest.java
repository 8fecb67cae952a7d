// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.kernel.fake.RecordingKernel;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class CpuControllerTest {
    private static Resources cpu(CpuLimits.Builder limits) {
        return Resources.builder().cpu(limits.build()).build();
    }

    private static CpuLimits.Builder limits() {
        return CpuLimits.builder();
    }

    @Nested
    class Version1 {
        private final RecordingKernel kernel = Machines.v1();

        private List<String> writes(CpuLimits.Builder limits) {
            return Limits.planned(kernel, cpu(limits)).stream()
                    .filter(w -> w.startsWith("cpu/"))
                    .toList();
        }

        @Test
        void everyFieldHasAFile() {
            assertEquals(
                    List.of(
                            "cpu/cpu.shares=512",
                            "cpu/cpu.cfs_period_us=50000",
                            "cpu/cpu.cfs_quota_us=25000",
                            "cpu/cpu.cfs_burst_us=10000",
                            "cpu/cpu.rt_period_us=1000000",
                            "cpu/cpu.rt_runtime_us=1000",
                            "cpu/cpu.idle=1"),
                    writes(limits().shares(512)
                            .quota(25000)
                            .period(50000)
                            .burst(10000)
                            .realtimePeriod(1000000)
                            .realtimeRuntime(1000)
                            .idle(true)));
            assertEquals(List.of("cpu/cpu.cfs_quota_us=-1"), writes(limits().quota(-1)));
        }

        @Test
        void anUpdateNeverRaisesTheShareForAMoment() {
            Cgroup cgroup = Limits.running(kernel);
            cgroup.update(cpu(limits().quota(50000).period(100000)));
            assertEquals(
                    List.of("cpu/cpu.cfs_quota_us=5000", "cpu/cpu.cfs_period_us=10000"),
                    Limits.updated(kernel, cgroup, cpu(limits().quota(5000).period(10000))));
            assertEquals(
                    List.of("cpu/cpu.cfs_period_us=100000", "cpu/cpu.cfs_quota_us=50000"),
                    Limits.updated(kernel, cgroup, cpu(limits().quota(50000).period(100000))));
        }

        @Test
        void theBurstIsLoweredBeforeTheQuotaAndRaisedAfterIt() {
            Cgroup cgroup = Limits.running(kernel);
            assertEquals(
                    List.of("cpu/cpu.cfs_quota_us=50000", "cpu/cpu.cfs_burst_us=40000"),
                    Limits.updated(kernel, cgroup, cpu(limits().quota(50000).burst(40000))));
            assertEquals(
                    List.of("cpu/cpu.cfs_burst_us=1000", "cpu/cpu.cfs_quota_us=2000"),
                    Limits.updated(kernel, cgroup, cpu(limits().quota(2000).burst(1000))));
        }

        @Test
        void anOwnParentHandsItsCpusetsDown() {
            assertEquals(List.of(), Limits.planned(kernel, Resources.none()));
            assertEquals(
                    "1",
                    kernel.files()
                            .read(Machines.ROOT + "/cpuset/caisson/cgroup.clone_children")
                            .strip());
            assertEquals(List.of("cpuset/cpuset.cpus=1,3"), Limits.planned(kernel, cpu(limits().cpus("1,3"))));
            Cgroup cgroup = Limits.running(kernel);
            assertEquals(List.of(), Limits.updated(kernel, cgroup, Resources.none()));
            assertEquals(List.of("cpuset/cpuset.cpus=2"), Limits.updated(kernel, cgroup, cpu(limits().cpus("2"))));
        }

        @Test
        void theCpusetsOfAParentThatDoesNotAreCopied() {
            kernel.files().makeDirectory(Machines.ROOT + "/cpuset/caisson", 0755);
            kernel.files()
                    .put(Machines.ROOT + "/cpuset/caisson/cpuset.cpus", "0-2\n")
                    .put(Machines.ROOT + "/cpuset/caisson/cpuset.mems", "0\n");
            assertEquals(
                    List.of("cpuset/cpuset.cpus=0-2", "cpuset/cpuset.mems=0"),
                    Limits.planned(kernel, Resources.none()));
            assertEquals(
                    List.of("cpuset/cpuset.cpus=1", "cpuset/cpuset.mems=0"),
                    Limits.planned(kernel, cpu(limits().cpus("1"))));
        }

        @Test
        void processorsThatAreNotThereAreNamed() {
            String message = Limits.refusal(
                    StandardErrorCode.LIMIT_REFUSED, "resources.cpu.cpus", () -> writes(limits().cpus("2-5")));
            assertTrue(message.contains("{4, 5}") && message.contains("choose from 0-3"), message);
            Limits.refusal(StandardErrorCode.LIMIT_REFUSED, "resources.cpu.mems", () -> writes(limits().mems("1")));
        }
    }

    @Nested
    class Version2 {
        private final RecordingKernel kernel = Machines.v2();

        private List<String> writes(CpuLimits.Builder limits) {
            return Limits.planned(kernel, cpu(limits));
        }

        @Test
        void everyFieldHasAFile() {
            assertEquals(
                    List.of(
                            "cpuset.cpus=0-1",
                            "cpuset.mems=0",
                            "cpu.weight=59",
                            "cpu.max=25000 50000",
                            "cpu.max.burst=10000",
                            "cpu.idle=1"),
                    writes(limits().shares(512)
                            .quota(25000)
                            .period(50000)
                            .burst(10000)
                            .idle(true)
                            .cpus("0-1")
                            .mems("0")));
        }

        @Test
        void sharesBecomeWeights() {
            assertEquals(List.of("cpu.weight=1"), writes(limits().shares(2)));
            assertEquals(List.of("cpu.weight=100"), writes(limits().shares(1024)));
            assertEquals(List.of("cpu.weight=10000"), writes(limits().shares(262144)));
        }

        @Test
        void quotaAndPeriodShareAFile() {
            assertEquals(List.of("cpu.max=25000 100000"), writes(limits().quota(25000)));
            assertEquals(List.of("cpu.max=max 5000"), writes(limits().period(5000)));
            assertEquals(List.of("cpu.max=max 100000"), writes(limits().quota(-1)));
            Cgroup cgroup = Limits.running(kernel);
            cgroup.update(cpu(limits().quota(7000).period(9000)));
            assertEquals(List.of("cpu.max=7000 8000"), Limits.updated(kernel, cgroup, cpu(limits().period(8000))));
            assertEquals(List.of("cpu.max=6000 8000"), Limits.updated(kernel, cgroup, cpu(limits().quota(6000))));
        }

        @Test
        void realtimeIsRefused() {
            Limits.refusal(
                    StandardErrorCode.CONTROLLER_LACKS,
                    "resources.cpu.realtimeRuntime",
                    () -> writes(limits().realtimeRuntime(1000)));
        }

        @Test
        void processorsThatAreNotThereAreNamed() {
            Limits.refusal(StandardErrorCode.LIMIT_REFUSED, "resources.cpu.cpus", () -> writes(limits().cpus("9")));
        }
    }
}
