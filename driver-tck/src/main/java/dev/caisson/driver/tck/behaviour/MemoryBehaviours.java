// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.fork;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Feature;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.driver.resources.NetworkClass;
import dev.caisson.driver.resources.RdmaLimit;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.machine.Limit;
import dev.caisson.driver.tck.probe.Fact;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Limits of memory, pids and huge pages. */
public interface MemoryBehaviours {
    @Test
    @Needs(value = Feature.LIMIT_MEMORY, limits = Limit.MEMORY)
    @Observes("resources.memory.limit")
    default void memoryIsLimited(Kit kit) throws Exception {
        LimitProbe.assertLimit(kit, Limit.MEMORY, limits -> limits.memory(ByteSize.ofMib(64)), "67108864", "67108864");
    }

    @Test
    @Needs(
            value = Feature.LIMIT_MEMORY,
            limits = {Limit.MEMORY, Limit.MEMORY_SWAP})
    @Observes("resources.memory.swap")
    default void memoryAndSwapTogetherAreLimited(Kit kit) throws Exception {
        LimitProbe.assertLimit(
                kit,
                Limit.MEMORY_SWAP,
                limits -> limits.memory(MemoryLimits.builder()
                        .limit(ByteSize.ofMib(64))
                        .swap(ByteSize.ofMib(96))
                        .build()),
                "100663296",
                "33554432");
    }

    @Test
    @Needs(
            value = Feature.LIMIT_MEMORY,
            limits = {Limit.MEMORY, Limit.MEMORY_SWAP})
    default void swapCanBeUnlimited(Kit kit) throws Exception {
        String value = LimitProbe.read(
                kit,
                Limit.MEMORY_SWAP,
                limits -> limits.memory(MemoryLimits.builder()
                        .limit(ByteSize.ofMib(64))
                        .swap(ByteSize.UNLIMITED)
                        .build()));
        assertTrue(value.equals("max") || Long.parseLong(value) > Long.MAX_VALUE / 2, value);
    }

    @Test
    @Needs(value = Feature.LIMIT_MEMORY, limits = Limit.MEMORY_RESERVATION)
    @Observes("resources.memory.reservation")
    default void memoryIsReserved(Kit kit) throws Exception {
        LimitProbe.assertLimit(
                kit,
                Limit.MEMORY_RESERVATION,
                limits -> limits.memory(
                        MemoryLimits.builder().reservation(ByteSize.ofMib(32)).build()),
                "33554432",
                "33554432");
    }

    @Test
    @Needs(value = Feature.LIMIT_MEMORY, limits = Limit.MEMORY_KERNEL)
    @Observes("resources.memory.kernel")
    default void kernelMemoryIsLimited(Kit kit) throws Exception {
        LimitProbe.assertLimit(
                kit,
                Limit.MEMORY_KERNEL,
                limits -> limits.memory(
                        MemoryLimits.builder().kernel(ByteSize.ofMib(32)).build()),
                "33554432",
                "");
    }

    @Test
    @Needs(value = Feature.LIMIT_MEMORY, limits = Limit.MEMORY_KERNEL_TCP)
    @Observes("resources.memory.kernelTcp")
    default void tcpMemoryIsLimited(Kit kit) throws Exception {
        LimitProbe.assertLimit(
                kit,
                Limit.MEMORY_KERNEL_TCP,
                limits -> limits.memory(
                        MemoryLimits.builder().kernelTcp(ByteSize.ofMib(32)).build()),
                "33554432",
                "");
    }

    @Test
    @Needs(value = Feature.LIMIT_MEMORY, limits = Limit.MEMORY_SWAPPINESS)
    @Observes("resources.memory.swappiness")
    default void swappinessIsSet(Kit kit) throws Exception {
        LimitProbe.assertLimit(
                kit,
                Limit.MEMORY_SWAPPINESS,
                limits -> limits.memory(MemoryLimits.builder().swappiness(17).build()),
                "17",
                "");
    }

    @Test
    @Needs(
            value = Feature.LIMIT_MEMORY,
            limits = {Limit.MEMORY, Limit.MEMORY_OOM_CONTROL})
    @Observes("resources.memory.disableOomKiller")
    default void theOomKillerIsSwitchedOff(Kit kit) throws Exception {
        String control = LimitProbe.read(
                kit,
                Limit.MEMORY_OOM_CONTROL,
                limits -> limits.memory(MemoryLimits.builder()
                        .limit(ByteSize.ofMib(64))
                        .disableOomKiller(true)
                        .build()));
        assertTrue(control.contains("oom_kill_disable 1"), control);
    }

    @Test
    @Needs(value = Feature.LIMIT_PIDS, limits = Limit.PIDS)
    @Observes("resources.pids")
    default void processesAreLimited(Kit kit) throws Exception {
        List<String> lines = kit.answers(kit.command(show(Fact.FILE, LimitProbe.path(kit, Limit.PIDS)), fork(30))
                .resources(limits -> limits.pids(12)));
        assertEquals("12", lines.get(0));
        long forked = lines.stream().filter(line -> line.startsWith("forked ")).count();
        assertTrue(forked >= 5 && forked <= 11, () -> "processes that could be made beside two or more: " + forked);
    }

    @Test
    @Needs(value = Feature.LIMIT_PIDS, limits = Limit.PIDS)
    default void processesCanBeUnlimited(Kit kit) throws Exception {
        LimitProbe.assertLimit(kit, Limit.PIDS, limits -> limits.pids(-1), "max", "max");
    }

    @Test
    @Needs(value = Feature.LIMIT_HUGEPAGES, limits = Limit.HUGEPAGES)
    @Observes("resources.hugepages")
    default void hugepagesAreLimited(Kit kit) throws Exception {
        long bytes = kit.machine().hugepageSize().equals("2MB") ? 2L << 21 : 2L << 30;
        LimitProbe.assertLimit(
                kit,
                Limit.HUGEPAGES,
                limits -> limits.hugepages(Map.of(kit.machine().hugepageSize(), ByteSize.of(bytes))),
                Long.toString(bytes),
                Long.toString(bytes));
    }

    @Test
    @Needs(value = Feature.LIMIT_HUGEPAGES, limitsToObserve = Limit.HUGEPAGES)
    default void hugepagesOfNoSizeAreRefused(Kit kit) {
        assertRefused(
                ErrorKind.MACHINE,
                List.of("3MB"),
                () -> kit.run(
                        kit.command(line("x")).resources(limits -> limits.hugepages(Map.of("3MB", ByteSize.of(0))))));
    }

    @Test
    @Needs(value = Feature.LIMIT_UNIFIED, limits = Limit.UNIFIED_MEMORY)
    @Observes("resources.unified")
    default void anyFileOfUnifiedMemoryIsWritten(Kit kit) throws Exception {
        LimitProbe.assertLimit(
                kit, Limit.UNIFIED_MEMORY, limits -> limits.unified(Map.of("memory.high", "50331648")), "", "50331648");
    }

    @Test
    @Needs(value = Feature.LIMIT_UNIFIED, limits = Limit.UNIFIED_HUGEPAGES)
    @Observes("resources.unified")
    default void anyFileOfUnifiedHugepagesIsWritten(Kit kit) throws Exception {
        String file = "hugetlb." + kit.machine().hugepageSize() + ".max";
        LimitProbe.assertLimit(kit, Limit.UNIFIED_HUGEPAGES, limits -> limits.unified(Map.of(file, "0")), "", "0");
    }

    @Test
    @Needs(value = Feature.LIMIT_RDMA, limits = Limit.RDMA)
    @Observes({"resources.rdma.handles", "resources.rdma.objects"})
    default void rdmaIsLimited(Kit kit) throws Exception {
        String device = kit.machine().lacks(Limit.RDMA).isPresent()
                ? "mlx5_0"
                : kit.machine().rdmaDevice();
        String line = device + " hca_handle=3 hca_object=2000";
        LimitProbe.assertLimit(
                kit,
                Limit.RDMA,
                limits -> limits.rdma(Map.of(device, new RdmaLimit(OptionalLong.of(3), OptionalLong.of(2000)))),
                line,
                line);
    }

    @Test
    @Needs(value = Feature.LIMIT_NETWORK, limits = Limit.NETWORK_CLASS)
    @Observes("resources.network.classId")
    default void packetsAreTagged(Kit kit) throws Exception {
        LimitProbe.assertLimit(
                kit,
                Limit.NETWORK_CLASS,
                limits -> limits.network(new NetworkClass(OptionalLong.of(0x100001), Map.of())),
                "1048577",
                "");
    }

    @Test
    @Needs(value = Feature.LIMIT_NETWORK, limits = Limit.NETWORK_PRIORITIES)
    @Observes("resources.network.priorities")
    default void packetsHavePriorities(Kit kit) throws Exception {
        String map = LimitProbe.read(
                kit,
                Limit.NETWORK_PRIORITIES,
                limits -> limits.network(new NetworkClass(OptionalLong.empty(), Map.of("lo", 5L))));
        assertTrue(("|" + map + "|").contains("|lo 5|"), map);
    }
}
