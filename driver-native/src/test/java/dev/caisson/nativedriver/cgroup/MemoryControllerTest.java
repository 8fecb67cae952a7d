// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.kernel.fake.RecordingKernel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MemoryControllerTest {
    private static final String FIELD = "resources.memory.";

    private static Resources memory(MemoryLimits.Builder limits) {
        return Resources.builder().memory(limits.build()).build();
    }

    private static MemoryLimits.Builder limit(long bytes) {
        return MemoryLimits.builder().limit(ByteSize.of(bytes));
    }

    private static MemoryLimits.Builder both(long limit, long swap) {
        return limit(limit).swap(ByteSize.of(swap));
    }

    @Nested
    class Version1 {
        private static final String LIMIT = "memory/memory.limit_in_bytes=";
        private static final String SWAP = "memory/memory.memsw.limit_in_bytes=";

        private final RecordingKernel kernel = Machines.v1();

        private List<String> writes(MemoryLimits.Builder limits) {
            return Limits.planned(kernel, memory(limits)).stream()
                    .filter(w -> w.startsWith("memory/"))
                    .toList();
        }

        @Test
        void everyFieldHasAFile() {
            assertEquals(
                    List.of(
                            LIMIT + "1000",
                            SWAP + "3000",
                            "memory/memory.soft_limit_in_bytes=500",
                            "memory/memory.kmem.limit_in_bytes=100",
                            "memory/memory.kmem.tcp.limit_in_bytes=200",
                            "memory/memory.swappiness=10",
                            "memory/memory.oom_control=1"),
                    writes(both(1000, 3000)
                            .reservation(ByteSize.of(500))
                            .kernel(ByteSize.of(100))
                            .kernelTcp(ByteSize.of(200))
                            .swappiness(10)
                            .disableOomKiller(true)));
        }

        @Test
        void theOomKillerIsSwitchedOnAgain() {
            assertEquals(
                    List.of("memory/memory.oom_control=0"),
                    writes(MemoryLimits.builder().disableOomKiller(false)));
        }

        @Test
        void noLimitAtAllIsMinusOneForBoth() {
            assertEquals(List.of(LIMIT + "-1", SWAP + "-1"), writes(limit(-1)));
            assertEquals(List.of(LIMIT + "1000", SWAP + "-1"), writes(both(1000, -1)));
            assertEquals(List.of(SWAP + "5"), writes(MemoryLimits.builder().swap(ByteSize.of(5))));
        }

        @Test
        void withoutSwapAccountingALimitOfSwapIsRefused() {
            RecordingKernel bare = Machines.v1();
            bare.files().cgroups(Machines.ROOT + "/memory", Map.of("memory.limit_in_bytes", "1\n"));
            String message = Limits.refusal(
                    StandardErrorCode.CONTROLLER_LACKS,
                    FIELD + "swap",
                    () -> Limits.planned(bare, memory(both(1000, 2000))));
            assertTrue(message.contains("swapaccount=1"), message);
            Limits.refusal(
                    StandardErrorCode.CONTROLLER_LACKS,
                    FIELD + "kernel",
                    () -> Limits.planned(bare, memory(MemoryLimits.builder().kernel(ByteSize.of(1)))));
            assertTrue(Limits.planned(bare, memory(limit(-1))).contains(LIMIT + "-1"));
        }

        @Test
        void aKernelThatIgnoresALimitDoesNotHaveIt() {
            kernel.processes().release("5.16.1");
            Limits.refusal(
                    StandardErrorCode.CONTROLLER_LACKS,
                    FIELD + "kernel",
                    () -> writes(MemoryLimits.builder().kernel(ByteSize.of(1))));
        }

        @Test
        void anUpdateWritesInTheOrderThatKeepsSwapAboveMemory() {
            Cgroup cgroup = Limits.running(kernel);
            assertEquals(
                    List.of(LIMIT + "1000", SWAP + "2000"), Limits.updated(kernel, cgroup, memory(both(1000, 2000))));
            assertEquals(
                    List.of(SWAP + "9000", LIMIT + "5000"), Limits.updated(kernel, cgroup, memory(both(5000, 9000))));
            assertEquals(List.of(LIMIT + "100", SWAP + "200"), Limits.updated(kernel, cgroup, memory(both(100, 200))));
            assertEquals(List.of(SWAP + "-1", LIMIT + "-1"), Limits.updated(kernel, cgroup, memory(limit(-1))));
        }

        @Test
        void anUpdateAboveTheCurrentSwapLimitSaysWhatToDo() {
            Cgroup cgroup = Limits.running(kernel);
            cgroup.update(memory(both(1000, 2000)));
            String message = Limits.refusal(
                    StandardErrorCode.LIMIT_REFUSED, FIELD + "limit", () -> cgroup.update(memory(limit(3000))));
            assertTrue(message.contains("give resources.memory.swap as well"), message);
        }

        @Test
        void checkBeforeUpdateRefusesLessThanIsUsed() {
            Cgroup cgroup = Limits.running(kernel);
            String message = Limits.refusal(
                    StandardErrorCode.LIMIT_REFUSED,
                    FIELD + "limit",
                    () -> cgroup.update(memory(limit(4095).checkBeforeUpdate(true))));
            assertTrue(message.contains("4095 bytes are less than the 4096 in use"), message);
            cgroup.update(memory(limit(4096).checkBeforeUpdate(true)));
            cgroup.update(memory(limit(1)));
        }
    }

    @Nested
    class Version2 {
        private final RecordingKernel kernel = Machines.v2();

        private List<String> writes(MemoryLimits.Builder limits) {
            return Limits.planned(kernel, memory(limits));
        }

        @Test
        void swapIsWhatIsLeftOfBoth() {
            assertEquals(
                    List.of("memory.swap.max=2000", "memory.max=1000", "memory.low=500"),
                    writes(both(1000, 3000).reservation(ByteSize.of(500))));
            assertEquals(List.of("memory.swap.max=0", "memory.max=1000"), writes(both(1000, 1000)));
            assertEquals(List.of("memory.swap.max=max", "memory.max=1000"), writes(both(1000, -1)));
            assertEquals(List.of("memory.swap.max=max", "memory.max=max"), writes(limit(-1)));
            assertEquals(List.of("memory.max=1000"), writes(limit(1000)));
        }

        @Test
        void swapAloneNeedsTheCurrentLimit() {
            Cgroup cgroup = Limits.running(kernel);
            Resources swap = memory(MemoryLimits.builder().swap(ByteSize.of(3000)));
            Limits.refusal(StandardErrorCode.LIMIT_REFUSED, FIELD + "swap", () -> cgroup.update(swap));
            cgroup.update(memory(limit(1000)));
            assertEquals(List.of("memory.swap.max=2000"), Limits.updated(kernel, cgroup, swap));
            cgroup.update(memory(limit(4000)));
            Limits.refusal(StandardErrorCode.LIMIT_REFUSED, FIELD + "swap", () -> cgroup.update(swap));
        }

        @Test
        void whatVersion2LacksIsRefused() {
            for (Map.Entry<String, MemoryLimits.Builder> refused : List.of(
                    Map.entry("kernel", MemoryLimits.builder().kernel(ByteSize.of(1))),
                    Map.entry("kernelTcp", MemoryLimits.builder().kernelTcp(ByteSize.of(1))),
                    Map.entry("swappiness", MemoryLimits.builder().swappiness(1)),
                    Map.entry("disableOomKiller", MemoryLimits.builder().disableOomKiller(true)))) {
                Limits.refusal(
                        StandardErrorCode.CONTROLLER_LACKS, FIELD + refused.getKey(), () -> writes(refused.getValue()));
            }
        }

        @Test
        void checkBeforeUpdateRefusesLessThanIsUsed() {
            Cgroup cgroup = Limits.running(kernel);
            Limits.refusal(
                    StandardErrorCode.LIMIT_REFUSED,
                    FIELD + "limit",
                    () -> cgroup.update(memory(limit(4095).checkBeforeUpdate(true))));
        }
    }
}
