// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.TimeNamespace;
import dev.caisson.driver.command.UserNamespace;
import dev.caisson.nativedriver.kernel.Descriptor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NamespaceEntriesTest {
    private static final NamespaceChoice OTHER = new NamespaceChoice.OfContainer(ContainerId.of("other"));
    private static final int NEWTIME = 0x80;
    private static final int NEWUTS = 0x0400_0000;
    private static final int NEWIPC = 0x0800_0000;
    private static final int NEWUSER = 0x1000_0000;
    private static final int NEWPID = 0x2000_0000;
    private static final int NEWNET = 0x4000_0000;

    private static PlanDecoder decode(Command.Builder command) {
        return TestPlans.decode(command.build());
    }

    @Test
    void hostIsNothing() {
        PlanDecoder plan = decode(TestPlans.bare()
                .network(Network.host())
                .namespaces(Namespaces.standard()
                        .withPid(NamespaceChoice.HOST)
                        .withIpc(NamespaceChoice.HOST)
                        .withUts(NamespaceChoice.HOST)
                        .withCgroup(NamespaceChoice.HOST)));
        assertEquals(0x2_0000, plan.one(EntryType.NS_NEW).u32(), "the mount namespace alone");
        assertFalse(plan.has(PlanFlag.LOOPBACK));
        assertTrue(plan.has(PlanFlag.KILL_CGROUP), "no pid namespace ends its processes");
    }

    @Test
    void whatIsOfOneContainerIsJoinedAtOnce() {
        List<Integer> closed = new ArrayList<>();
        Descriptor init = new Descriptor(50, "init", closed::add);
        Command command = TestPlans.bare()
                .network(new Network(OTHER, List.of(), List.of()))
                .namespaces(Namespaces.standard().withIpc(OTHER).withPid(OTHER))
                .build();
        List<ContainerId> asked = new ArrayList<>();
        InitPlanner planner = TestPlans.planner(id -> {
            asked.add(id);
            return init;
        });
        try (LaunchPlan plan = planner.plan(command, TestPlans.CGROUPS, List.of(), LaunchOptions.none())) {
            PlanDecoder decoded = new PlanDecoder(plan);
            PlanDecoder.Entry join = decoded.one(EntryType.NS_JOIN);
            assertEquals(NEWNET | NEWIPC | NEWPID, join.u32());
            assertEquals(1, join.u32());
            join.end();
            assertEquals(List.of(init), plan.descriptors());
            assertEquals(0, decoded.one(EntryType.NS_NEW).u32() & (NEWNET | NEWIPC | NEWPID));
            assertTrue(decoded.has(PlanFlag.KILL_CGROUP));
        }
        assertEquals(List.of(ContainerId.of("other")), asked);
        assertEquals(List.of(50), closed);
    }

    @Test
    void atAPath() {
        PlanDecoder plan = decode(TestPlans.bare()
                .namespaces(Namespaces.standard().withUts(new NamespaceChoice.AtPath(Path.of("/proc/self/ns/uts")))));
        PlanDecoder.Entry join = plan.one(EntryType.NS_JOIN);
        assertEquals(NEWUTS, join.u32());
        assertEquals(1, join.u32());
        assertEquals(0, plan.one(EntryType.NS_NEW).u32() & NEWUTS);
    }

    @Test
    void onlyANamespaceOfItsKind() {
        for (String path : List.of("/proc/self/ns/ipc", "/proc/self/status", "/", "/there/is/none")) {
            DriverException refusal = assertThrows(
                    DriverException.class,
                    () -> decode(TestPlans.bare()
                            .namespaces(Namespaces.standard().withUts(new NamespaceChoice.AtPath(Path.of(path))))));
            assertEquals(ErrorKind.USER, refusal.kind());
            assertTrue(refusal.getMessage().contains("namespaces.uts at " + path), refusal.getMessage());
        }
    }

    @Test
    void whatWasOpenedIsClosedWhenPlanningFails() {
        List<Integer> closed = new ArrayList<>();
        Command command = TestPlans.bare()
                .network(Network.of(ContainerId.of("other")))
                .namespaces(Namespaces.standard().withUts(new NamespaceChoice.OfContainer(ContainerId.of("gone"))))
                .build();
        InitPlanner planner = TestPlans.planner(id -> {
            if (id.value().equals("gone")) {
                throw new DriverException(StandardErrorCode.NO_SUCH_CONTAINER, "join", "gone", "");
            }
            return new Descriptor(60, "init", closed::add);
        });
        assertThrows(
                DriverException.class, () -> planner.plan(command, TestPlans.CGROUPS, List.of(), LaunchOptions.none()));
        assertEquals(List.of(60), closed);
    }

    @Test
    void usersAndMaps() {
        PlanDecoder plan = decode(TestPlans.bare()
                .rootfs(Rootfs.directory(Path.of("/")))
                .namespaces(Namespaces.standard()
                        .withUser(UserNamespace.mapped(new IdMappings(
                                List.of(new IdMapping(0, 100_000, 65_536), new IdMapping(70_000, 4_294_967_000L, 1)),
                                List.of(new IdMapping(0, 200_000, 1)))))));
        assertTrue((plan.one(EntryType.NS_NEW).u32() & NEWUSER) != 0);
        PlanDecoder.Entry uids = plan.one(EntryType.UID_MAP);
        assertEquals(2, uids.u32());
        assertEquals("0 100000 65536", uids.u32() + " " + uids.u32() + " " + uids.u32());
        assertEquals("70000 4294967000 1", uids.u32() + " " + uids.u32() + " " + uids.u32());
        uids.end();
        PlanDecoder.Entry gids = plan.one(EntryType.GID_MAP);
        assertEquals(1, gids.u32());
        assertEquals("0 200000 1", gids.u32() + " " + gids.u32() + " " + gids.u32());
        gids.end();
        assertTrue(plan.has(PlanFlag.ROOT_IDMAP), "/ belongs to an id that the container doesn't have");
    }

    @Test
    void filesThatBelongToTheContainersUsersStayAsTheyAre() {
        PlanDecoder plan = decode(TestPlans.bare()
                .rootfs(Rootfs.directory(Path.of("/")))
                .namespaces(Namespaces.standard()
                        .withUser(UserNamespace.mapped(
                                new IdMappings(List.of(new IdMapping(0, 0, 10)), List.of(new IdMapping(0, 0, 10)))))));
        assertFalse(plan.has(PlanFlag.ROOT_IDMAP));
    }

    @Test
    void clocks() {
        PlanDecoder plan = decode(TestPlans.bare()
                .namespaces(Namespaces.standard()
                        .withTime(new TimeNamespace(
                                NamespaceChoice.PRIVATE,
                                Map.of(
                                        TimeNamespace.Clock.MONOTONIC,
                                        Duration.ofSeconds(86_400),
                                        TimeNamespace.Clock.BOOTTIME,
                                        Duration.ofMillis(-1500))))));
        assertTrue((plan.one(EntryType.NS_NEW).u32() & NEWTIME) != 0);
        List<PlanDecoder.Entry> offsets = plan.all(EntryType.TIME_OFFSET);
        assertEquals(
                "1 86400 0",
                offsets.get(0).u32() + " " + offsets.get(0).u64() + " "
                        + offsets.get(0).u32());
        assertEquals(
                "7 -2 500000000",
                offsets.get(1).u32() + " " + offsets.get(1).u64() + " "
                        + offsets.get(1).u32());
    }
}
