// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.DeviceRule;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.fake.RecordingKernel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CgroupPlanTest {
    private static final String CG = Machines.ROOT;

    @Test
    void directoriesFirstThenLimitsThenTheProcess() {
        RecordingKernel kernel = Machines.hybrid(List.of("pids", "name=systemd"), List.of("none"));
        CgroupPlan plan = Limits.manager(kernel)
                .plan("a", Limits.PLACE, Resources.builder().pids(5).build());
        assertEquals(
                List.of(
                        new CgroupStep.MakeDirectory(CG + "/unified/caisson/a", false),
                        new CgroupStep.MakeDirectory(CG + "/pids/caisson/a", false),
                        new CgroupStep.MakeDirectory(CG + "/systemd/caisson/a", false),
                        new CgroupStep.Write("resources.pids", CG + "/pids/caisson/a/pids.max", "5"),
                        new CgroupStep.Join(Version.V2, CG + "/unified/caisson/a"),
                        new CgroupStep.Join(Version.V1, CG + "/pids/caisson/a"),
                        new CgroupStep.Join(Version.V1, CG + "/systemd/caisson/a")),
                plan.steps());
        assertEquals(
                List.of(CG + "/unified/caisson/a", CG + "/pids/caisson/a", CG + "/systemd/caisson/a"), plan.removals());
        assertEquals(List.of(), plan.reportFiles());
        assertEquals(
                CG + "/pids/caisson/a/cgroup.procs",
                new CgroupStep.Join(Version.V1, CG + "/pids/caisson/a").processes());
    }

    @Test
    void theParentIsMadeOnceAndAgainWhenSomebodyRemovedIt() {
        RecordingKernel kernel = Machines.hybrid(List.of("pids"), List.of());
        CgroupManager manager = Limits.manager(kernel);
        manager.plan("a", Limits.PLACE, Resources.none());
        assertEquals(List.of("mkdir " + CG + "/pids/caisson"), kernel.calls());
        manager.plan("b", new CgroupPlace("/caisson/b"), Resources.none());
        assertEquals(1, kernel.calls().size());
        kernel.files().removeDirectory(CG + "/pids/caisson");
        manager.plan("c", new CgroupPlace("/caisson/c"), Resources.none());
        assertTrue(kernel.files().exists(CG + "/pids/caisson"));
    }

    @Test
    void filesOfACgroupRightBelowTheRootAreFoundOutWithOneOfAMoment() {
        RecordingKernel kernel = Machines.hybrid(List.of("hugetlb"), List.of());
        CgroupPlan plan = Limits.manager(kernel)
                .plan(
                        "a",
                        new CgroupPlace("/a"),
                        Resources.builder()
                                .hugepages(Map.of("2MB", ByteSize.of(1 << 21)))
                                .build());
        assertEquals(
                2,
                plan.steps().stream().filter(CgroupStep.Write.class::isInstance).count());
        assertEquals(2, kernel.calls().size());
        assertTrue(kernel.calls().get(0).startsWith("mkdir " + CG + "/hugetlb/caisson-probe-4242-"));
        assertTrue(kernel.calls().get(1).startsWith("rmdir " + CG + "/hugetlb/caisson-probe-4242-"));
    }

    @Test
    void version2HandsControllersDownLevelByLevel() {
        RecordingKernel kernel = Machines.hybrid(List.of(), List.of("memory", "pids"));
        kernel.files().react("cgroup.subtree_control", written -> "memory pids\n");
        Limits.manager(kernel).plan("a", new CgroupPlace("/x/y/a"), Resources.none());
        assertEquals(
                List.of(
                        "write +memory to " + CG + "/cgroup.subtree_control",
                        "write +pids to " + CG + "/cgroup.subtree_control",
                        "mkdir " + CG + "/x",
                        "write +memory to " + CG + "/x/cgroup.subtree_control",
                        "write +pids to " + CG + "/x/cgroup.subtree_control",
                        "mkdir " + CG + "/x/y",
                        "write +memory to " + CG + "/x/y/cgroup.subtree_control",
                        "write +pids to " + CG + "/x/y/cgroup.subtree_control"),
                kernel.calls());
    }

    @Test
    void aControllerThatTheParentKeepsIsMissing() {
        RecordingKernel kernel = Machines.hybrid(List.of(), List.of("memory", "pids"));
        kernel.files().react("cgroup.subtree_control", ignored -> "pids\n");
        kernel.fail("write +memory to", Errno.EBUSY);
        CgroupManager manager = Limits.manager(kernel);
        manager.plan("a", Limits.PLACE, Resources.builder().pids(5).build());
        String message = Limits.refusal(
                StandardErrorCode.CONTROLLER_LACKS,
                "resources.memory.limit",
                () -> manager.plan(
                        "a",
                        Limits.PLACE,
                        Resources.builder().memory(ByteSize.ofMib(1)).build()));
        assertTrue(message.contains("does not hand down the memory controller"), message);
    }

    @Test
    void aLimitWithoutItsControllerIsRefused() {
        RecordingKernel kernel = Machines.hybrid(List.of("cpu"), List.of());
        String message = Limits.refusal(
                StandardErrorCode.CONTROLLER_LACKS,
                "resources.pids",
                () -> Limits.planned(kernel, Resources.builder().pids(5).build()));
        assertTrue(message.contains("this machine has no pids controller"), message);
        assertTrue(message.contains("CONFIG_CGROUP_PIDS"), message);
        Limits.refusal(
                StandardErrorCode.CONTROLLER_LACKS,
                "resources.unified",
                () -> Limits.planned(
                        kernel,
                        Resources.builder().unified(Map.of("memory.high", "1")).build()));
        Limits.refusal(
                StandardErrorCode.CONTROLLER_LACKS,
                "resources.devices",
                () -> Limits.planned(
                        kernel,
                        Resources.builder()
                                .devices(List.of(DeviceRule.denyAll()))
                                .build()));
        assertEquals(List.of(), Limits.planned(kernel, Resources.none()));
    }

    @Test
    void aMachineWithoutCgroupsPlansNothing() {
        RecordingKernel kernel = Machines.hybrid(List.of(), List.of());
        assertEquals(
                List.of(),
                Limits.manager(kernel).plan("a", Limits.PLACE, Resources.none()).steps());
    }

    @Test
    void noRightsAreOneClearError() {
        RecordingKernel kernel = Machines.hybrid(List.of("pids"), List.of());
        kernel.fail("mkdir", Errno.EACCES);
        DriverException e = assertThrows(
                DriverException.class, () -> Limits.manager(kernel).plan("a", Limits.PLACE, Resources.none()));
        assertEquals(StandardErrorCode.NOT_PERMITTED, e.code());
        assertTrue(e.getMessage().contains("/pids/caisson") && e.getMessage().contains("run as root"), e.getMessage());
    }

    @Test
    void theRootIsNoPlace() {
        assertThrows(
                DriverException.class,
                () -> Limits.manager(Machines.v1()).plan("a", new CgroupPlace("/"), Resources.none()));
    }

    @Test
    void aRefusedWriteIsExplainedByItsField() {
        CgroupPlan plan = Limits.manager(Machines.v1())
                .plan("a", Limits.PLACE, Resources.builder().pids(5).build());
        DriverException e = plan.refusal("write " + CG + "/pids/caisson/a/pids.max", Errno.EINVAL.number())
                .orElseThrow();
        assertEquals(StandardErrorCode.LIMIT_REFUSED, e.code());
        assertEquals(
                "set resources.pids of container \"a\": the kernel refused \"5\" for " + CG
                        + "/pids/caisson/a/pids.max: Invalid argument (EINVAL); see what the parent cgroup and the"
                        + " container's other limits allow",
                e.getMessage());
        assertFalse(plan.refusal("clone", Errno.EAGAIN.number()).isPresent());
    }

    @Test
    void reportFilesAreThoseOfTheMachine() {
        assertEquals(
                List.of(
                        CG + "/memory/caisson/a/memory.oom_control",
                        CG + "/memory/caisson/a/memory.max_usage_in_bytes",
                        CG + "/cpuacct/caisson/a/cpuacct.usage_user",
                        CG + "/cpuacct/caisson/a/cpuacct.usage_sys",
                        CG + "/blkio/caisson/a/blkio.throttle.io_service_bytes_recursive"),
                Limits.manager(Machines.v1())
                        .plan("a", Limits.PLACE, Resources.none())
                        .reportFiles());
        assertEquals(
                List.of(
                        CG + "/caisson/a/memory.events",
                        CG + "/caisson/a/memory.peak",
                        CG + "/caisson/a/cpu.stat",
                        CG + "/caisson/a/io.stat"),
                Limits.manager(Machines.v2())
                        .plan("a", Limits.PLACE, Resources.none())
                        .reportFiles());
    }
}
