// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.BlockIoLimits;
import dev.caisson.driver.resources.BlockIoLimits.ThrottleDevice;
import dev.caisson.driver.resources.BlockIoLimits.WeightDevice;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.kernel.fake.RecordingKernel;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BlockIoControllerTest {
    private static final List<ThrottleDevice> NONE = List.of();

    private static Resources io(BlockIoLimits limits) {
        return Resources.builder().blockIo(limits).build();
    }

    private static List<ThrottleDevice> rate(long rate) {
        return List.of(new ThrottleDevice(8, 16, rate));
    }

    private static BlockIoLimits everything() {
        return new BlockIoLimits(
                OptionalInt.of(200),
                OptionalInt.empty(),
                List.of(new WeightDevice(8, 0, OptionalInt.of(300), OptionalInt.empty())),
                rate(1000),
                rate(2000),
                rate(10),
                rate(0));
    }

    private static BlockIoLimits leafWeight() {
        return new BlockIoLimits(OptionalInt.empty(), OptionalInt.of(100), List.of(), NONE, NONE, NONE, NONE);
    }

    @Nested
    class Version1 {
        private final RecordingKernel kernel = Machines.v1();

        private List<String> writes(BlockIoLimits limits) {
            return Limits.planned(kernel, io(limits)).stream()
                    .filter(w -> w.startsWith("blkio/"))
                    .toList();
        }

        @Test
        void everyFieldHasAFile() {
            assertEquals(
                    List.of(
                            "blkio/blkio.bfq.weight=200",
                            "blkio/blkio.bfq.weight_device=8:0 300",
                            "blkio/blkio.throttle.read_bps_device=8:16 1000",
                            "blkio/blkio.throttle.write_bps_device=8:16 2000",
                            "blkio/blkio.throttle.read_iops_device=8:16 10",
                            "blkio/blkio.throttle.write_iops_device=8:16 0"),
                    writes(everything()));
        }

        @Test
        void aLeafWeightNeedsAnOldScheduler() {
            Limits.refusal(
                    StandardErrorCode.CONTROLLER_LACKS, "resources.blockIo.leafWeight", () -> writes(leafWeight()));
            RecordingKernel old = Machines.hybrid(List.of("blkio"), List.of());
            old.files()
                    .cgroups(
                            Machines.ROOT + "/blkio",
                            Map.of("blkio.weight", "", "blkio.leaf_weight", "", "cgroup.procs", ""));
            assertEquals(List.of("blkio/blkio.leaf_weight=100"), Limits.planned(old, io(leafWeight())));
            assertEquals(List.of("blkio/blkio.weight=50"), Limits.planned(old, io(BlockIoLimits.ofWeight(50))));
        }
    }

    @Nested
    class Version2 {
        private final RecordingKernel kernel = Machines.v2();

        @Test
        void everyFieldHasAFile() {
            assertEquals(
                    List.of(
                            "io.bfq.weight=default 200",
                            "io.bfq.weight=8:0 300",
                            "io.max=8:16 rbps=1000",
                            "io.max=8:16 wbps=2000",
                            "io.max=8:16 riops=10",
                            "io.max=8:16 wiops=max"),
                    Limits.planned(kernel, io(everything())));
        }

        @Test
        void withoutBfqTheWeightIsConverted() {
            kernel.files()
                    .cgroups(
                            Machines.ROOT,
                            Map.of("cgroup.controllers", "io\n", "cgroup.subtree_control", "io\n", "io.weight", ""));
            assertEquals(List.of("io.weight=default 1"), Limits.planned(kernel, io(BlockIoLimits.ofWeight(10))));
            assertEquals(List.of("io.weight=default 10000"), Limits.planned(kernel, io(BlockIoLimits.ofWeight(1000))));
        }

        @Test
        void aLeafWeightIsRefused() {
            Limits.refusal(
                    StandardErrorCode.CONTROLLER_LACKS,
                    "resources.blockIo.leafWeight",
                    () -> Limits.planned(kernel, io(leafWeight())));
        }
    }
}
