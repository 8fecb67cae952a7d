// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.BlockIoLimits;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.driver.resources.DeviceRule;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.fake.RecordingKernel;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class LimitUpdateTest {
    private static final BlockIoLimits READS = new BlockIoLimits(
            OptionalInt.empty(),
            OptionalInt.empty(),
            List.of(),
            List.of(new BlockIoLimits.ThrottleDevice(8, 0, 99)),
            List.of(),
            List.of(),
            List.of());

    @Test
    void aRefusedLimitLeavesTheFormerOnesInPlace() {
        RecordingKernel kernel = Machines.v1();
        Cgroup cgroup = Limits.running(kernel);
        kernel.files()
                .put(Machines.ROOT + "/blkio/caisson/a/blkio.throttle.read_bps_device", "8:0 7\n8:16 8\n")
                .put(Machines.ROOT + "/cpu/caisson/a/cpu.shares", "77\n");
        kernel.fail("write 5:", Errno.EINVAL);
        kernel.fail("write eth0", Errno.EINVAL);
        Resources resources = Resources.builder()
                .memory(ByteSize.of(1000))
                .cpu(CpuLimits.builder().shares(512).build())
                .pids(5)
                .blockIo(READS)
                .network(new dev.caisson.driver.resources.NetworkClass(
                        java.util.OptionalLong.empty(), java.util.Map.of("eth0", 1L)))
                .build();
        String message = Limits.refusal(
                StandardErrorCode.LIMIT_REFUSED, "resources.network.priorities[eth0]", () -> cgroup.update(resources));
        assertEquals(true, message.contains("Invalid argument (EINVAL)"), message);
        assertEquals(
                List.of(
                        "memory/memory.limit_in_bytes=1000",
                        "cpu/cpu.shares=512",
                        "pids/pids.max=5",
                        "blkio/blkio.throttle.read_bps_device=8:0 99",
                        "net_prio/net_prio.ifpriomap=eth0 1",
                        "blkio/blkio.throttle.read_bps_device=8:0 7",
                        "pids/pids.max=max",
                        "cpu/cpu.shares=77",
                        "memory/memory.limit_in_bytes=9223372036854771712"),
                Limits.writes(kernel));
    }

    @Test
    void whatCannotBeUndoneIsTold() {
        RecordingKernel kernel = Machines.v1();
        Cgroup cgroup = Limits.running(kernel);
        kernel.fail("write max to", Errno.EIO);
        kernel.fail("write 8:0 99", Errno.ENODEV);
        DriverException e = assertThrows(
                DriverException.class,
                () -> cgroup.update(Resources.builder().pids(5).blockIo(READS).build()));
        assertEquals(1, e.getSuppressed().length);
        assertEquals(true, e.getMessage().contains("name a block device"), e.getMessage());
    }

    private static Resources devices(Resources.Builder resources) {
        return resources.devices(List.of(DeviceRule.allowAll())).build();
    }

    @Test
    void onVersion2AnotherProgramDecidesOnDevices() {
        RecordingKernel kernel = Machines.v2();
        Cgroup cgroup = Limits.running(kernel);
        String directory = Machines.ROOT + "/caisson/a";
        cgroup.update(devices(Resources.builder()));
        cgroup.update(devices(Resources.builder()));
        assertEquals(
                List.of(
                        "open " + directory,
                        "bpf load 8",
                        "bpf attach program 1 to " + directory,
                        "open " + directory,
                        "bpf load 8",
                        "bpf replace program 1 by program 2 in " + directory),
                kernel.calls());
    }

    @Test
    void aRefusedProgramUndoesTheLimitsBeforeIt() {
        RecordingKernel kernel = Machines.v2();
        Cgroup cgroup = Limits.running(kernel);
        kernel.fail("bpf load", Errno.EPERM);
        Limits.refusal(
                StandardErrorCode.LIMIT_REFUSED,
                "resources.devices",
                () -> cgroup.update(devices(Resources.builder().pids(5))));
        assertEquals(List.of("pids.max=5", "pids.max=max"), Limits.writes(kernel));
    }

    @Test
    void programsOfOthersAreLeftAlone() {
        RecordingKernel kernel = Machines.v2();
        Cgroup cgroup = Limits.running(kernel);
        for (int i = 1; i <= 2; i++) {
            kernel.programs()
                    .attachDeviceProgram(
                            Descriptor.borrowed(1, Machines.ROOT + "/caisson/a"), Descriptor.borrowed(i, "other " + i));
        }
        Limits.refusal(
                StandardErrorCode.LIMIT_REFUSED,
                "resources.devices",
                () -> cgroup.update(devices(Resources.builder())));
    }
}
