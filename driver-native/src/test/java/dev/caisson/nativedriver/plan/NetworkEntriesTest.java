// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.Route;
import dev.caisson.nativedriver.kernel.Descriptor;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkEntriesTest {
    private static Command command() {
        NetworkInterface.Veth veth = NetworkInterface.veth("eth0", "br0")
                .address("10.0.0.2/24")
                .address("fd00::2/64")
                .gateway("fd00::1")
                .gateway("10.0.0.1")
                .mac("02:42:0a:00:00:02")
                .mtu(1400)
                .build();
        Route route = new Route("10.1.0.0/16", Optional.empty(), Optional.of("eth0"));
        return TestPlans.bare()
                .network(new Network(NamespaceChoice.PRIVATE, List.of(veth), List.of(route)))
                .build();
    }

    @Test
    void interfacesAndRoutes() {
        PlanDecoder plan = TestPlans.decode(command());
        PlanDecoder.Entry veth = plan.one(EntryType.VETH);
        assertEquals("cs0a000002", veth.string());
        String mac = HexFormat.ofDelimiter(":").formatHex(veth.bytes());
        assertEquals("br0", veth.string());
        String lock = veth.string();
        assertEquals(0, veth.u32(), "127.0.0.0/8 stays the host's");
        assertEquals(List.of("fd00:0:0:0:0:0:0:1/64", "10.0.0.1/24"), veth.strings());
        assertEquals("eth0", veth.string());
        assertEquals("02420a000002", HexFormat.of().formatHex(veth.bytes()));
        assertEquals(1400, veth.u32());
        assertEquals(List.of("10.0.0.2/24", "fd00::2/64"), veth.strings());
        veth.end();
        assertEquals(List.of("cs0a000002 " + mac + " br0 " + lock), plan.strings(EntryType.REMOVE_LINK));
        List<String> routes = plan.all(EntryType.ROUTE).stream()
                .map(route -> route.string() + "|" + route.string() + "|" + route.string())
                .toList();
        assertEquals(List.of("::/0|fd00::1|eth0", "0.0.0.0/0|10.0.0.1|eth0", "10.1.0.0/16||eth0"), routes);
        assertTrue(plan.all(EntryType.PIN).isEmpty());
    }

    @Test
    void whatTheNetworkRestsOnIsHandedOverAndClosed() {
        List<Integer> closed = new ArrayList<>();
        InitPlanner planner = new InitPlanner(
                TestPlans.KERNEL,
                TestPlans.MACHINE,
                command -> Optional.empty(),
                id -> {
                    throw new AssertionError("no container is joined");
                },
                command -> List.of(new Descriptor(70, "table", closed::add), new Descriptor(71, "port", closed::add)));
        try (LaunchPlan plan = planner.plan(command(), TestPlans.CGROUPS, List.of(), LaunchOptions.none())) {
            PlanDecoder decoded = new PlanDecoder(plan);
            assertEquals(
                    List.of(70, 71),
                    decoded.all(EntryType.PIN).stream()
                            .map(pin ->
                                    plan.descriptors().get((int) pin.u32() - 1).number())
                            .toList());
            assertEquals(List.of(), closed);
        }
        assertEquals(List.of(70, 71), closed);
    }

    @Test
    void withoutInterfacesThereIsNothing() {
        PlanDecoder plan = TestPlans.decode(TestPlans.bare().build());
        assertTrue(plan.types().stream()
                .noneMatch(type -> List.of(EntryType.VETH, EntryType.ROUTE, EntryType.PIN, EntryType.REMOVE_LINK)
                        .contains(type)));
    }
}
