// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.NetworkClass;
import dev.caisson.driver.resources.RdmaLimit;
import dev.caisson.driver.resources.Resources;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SmallControllersTest {
    private static List<String> v1(Resources.Builder resources) {
        return Limits.planned(Machines.v1(), resources.build()).stream()
                .filter(w -> !w.startsWith("cpuset/"))
                .toList();
    }

    private static List<String> v2(Resources.Builder resources) {
        return Limits.planned(Machines.v2(), resources.build());
    }

    @Test
    void pids() {
        assertEquals(List.of("pids/pids.max=5"), v1(Resources.builder().pids(5)));
        assertEquals(List.of("pids.max=5"), v2(Resources.builder().pids(5)));
        assertEquals(List.of("pids.max=max"), v2(Resources.builder().pids(-1)));
    }

    @Test
    void hugepages() {
        Resources.Builder limits = Resources.builder().hugepages(Map.of("2MB", ByteSize.of(4194304)));
        assertEquals(
                List.of(
                        "hugetlb/hugetlb.2MB.limit_in_bytes=4194304",
                        "hugetlb/hugetlb.2MB.rsvd.limit_in_bytes=4194304"),
                v1(limits));
        assertEquals(List.of("hugetlb.2MB.max=4194304"), v2(limits));
        assertEquals(
                List.of("hugetlb.2MB.max=max"), v2(Resources.builder().hugepages(Map.of("2MB", ByteSize.UNLIMITED))));
        String message = Limits.refusal(
                StandardErrorCode.CONTROLLER_LACKS,
                "resources.hugepages[1GB]",
                () -> v2(Resources.builder().hugepages(Map.of("1GB", ByteSize.of(1 << 30)))));
        assertTrue(message.contains("choose from the page sizes 2MB"), message);
    }

    @Test
    void networkTagsAreOfVersion1() {
        Resources.Builder both =
                Resources.builder().network(new NetworkClass(OptionalLong.of(0x100001), Map.of("eth0", 5L)));
        assertEquals(List.of("net_cls/net_cls.classid=1048577", "net_prio/net_prio.ifpriomap=eth0 5"), v1(both));
        Limits.refusal(StandardErrorCode.CONTROLLER_LACKS, "resources.network.classId", () -> v2(both));
    }

    @Test
    void rdma() {
        Resources.Builder limits = Resources.builder()
                .rdma(Map.of(
                        "mlx4_0", new RdmaLimit(OptionalLong.of(2), OptionalLong.of(2000)),
                        "mlx5_0", new RdmaLimit(OptionalLong.empty(), OptionalLong.of(7))));
        assertEquals(
                List.of("rdma.max=mlx4_0 hca_handle=2 hca_object=2000", "rdma.max=mlx5_0 hca_object=7"), v2(limits));
        assertEquals(
                List.of("rdma/rdma.max=mlx4_0 hca_handle=2 hca_object=2000", "rdma/rdma.max=mlx5_0 hca_object=7"),
                v1(limits));
    }

    @Test
    void unifiedFilesComeLastAndMustExist() {
        Resources.Builder limits = Resources.builder().pids(5).unified(Map.of("memory.high", "1000", "cpu.idle", "1"));
        assertEquals(List.of("pids.max=5", "cpu.idle=1", "memory.high=1000"), v2(limits));
        String message = Limits.refusal(
                StandardErrorCode.CONTROLLER_LACKS,
                "resources.unified[memory.nonsense]",
                () -> v2(Resources.builder().unified(Map.of("memory.nonsense", "1"))));
        assertTrue(message.contains("no memory.nonsense"), message);
    }
}
