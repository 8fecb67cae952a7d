// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.refusal;
import static dev.caisson.driver.tck.probe.Steps.attempt;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.serve;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.PublishedPort;
import dev.caisson.driver.command.Route;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.probe.Deed;
import dev.caisson.driver.tck.probe.Fact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Networks and host names. */
public interface NetworkBehaviours {
    @Test
    @Needs(Feature.NETWORK_NONE)
    @Observes("network.namespace(Private)")
    default void aNetworkOfItsOwnHasLoopback(Kit kit) throws Exception {
        List<String> lines =
                kit.answers(kit.command(show(Fact.INTERFACES), show(Fact.LINK, "lo"), show(Fact.NAMESPACE, "net"))
                        .network(Network.none()));
        assertEquals("lo", lines.get(0));
        assertTrue(lines.get(1).startsWith("up "), lines::toString);
        assertTrue(lines.get(1).contains("|127.0.0.1/8"), lines::toString);
        assertNotEquals(kit.machine().namespace("net"), lines.get(2));
    }

    @Test
    @Needs({Feature.NETWORK_NONE, Feature.CAPABILITIES})
    default void loopbackAnswers(Kit kit) throws Exception {
        assertEquals(
                "ok",
                kit.answer(
                        kit.command(kit.process(attempt(Deed.PING, "127.0.0.1")).capabilities(Capabilities.standard()))
                                .network(Network.none())));
    }

    @Test
    @Needs(Feature.NETWORK_HOST)
    @Observes("network.namespace(Host)")
    default void theNetworkIsTheHosts(Kit kit) throws Exception {
        assertEquals(
                kit.machine().namespace("net"),
                kit.answer(kit.command(show(Fact.NAMESPACE, "net")).network(Network.host())));
    }

    @Test
    @Needs(Feature.NETWORK_JOIN)
    @Observes("network.namespace(OfContainer).id")
    default void theNetworkIsAnotherContainers(Kit kit) throws Exception {
        Live<ExitStatus> live =
                kit.start(kit.command(show(Fact.NAMESPACE, "net"), hold()).network(Network.none()));
        String namespace = live.line();
        assertEquals(
                namespace, kit.answer(kit.command(show(Fact.NAMESPACE, "net")).network(Network.of(live.id()))));
    }

    @Test
    @Needs(Feature.NETWORK_JOIN)
    @Observes("network.namespace(AtPath).path")
    default void theNetworkIsThatAtAPath(Kit kit) throws Exception {
        Live<ExitStatus> live =
                kit.start(kit.command(show(Fact.NAMESPACE, "net"), hold()).network(Network.none()));
        String namespace = live.line();
        Path path = Path.of("/proc", Long.toString(live.process().identity().pid()), "ns", "net");
        assertEquals(
                namespace, kit.answer(kit.command(show(Fact.NAMESPACE, "net")).network(Network.at(path))));
    }

    @Test
    @Needs(Feature.NETWORK_JOIN)
    default void theNetworkOfNobodyIsRefused(Kit kit) {
        ContainerId nobody = kit.newId();
        DriverException refusal = refusal(() -> kit.run(kit.command(line("x")).network(Network.of(nobody))));
        assertTrue(List.of(ErrorKind.NOT_FOUND, ErrorKind.WRONG_STATE).contains(refusal.kind()), refusal::toString);
        assertTrue(String.valueOf(refusal.getMessage()).contains(nobody.value()), refusal::toString);
    }

    private static NetworkInterface.Veth veth(String address) {
        return NetworkInterface.veth("eth7", "ctckbr0")
                .address(address)
                .gateway("10.213.0.1")
                .mac("02:42:0a:d5:00:02")
                .mtu(1400)
                .build();
    }

    @Test
    @Needs(
            value = {Feature.NETWORK_BRIDGE, Feature.NETWORK_NONE},
            toObserve = Facility.BRIDGE)
    @Observes({
        "network.interfaces(Veth).name",
        "network.interfaces(Veth).addresses",
        "network.interfaces(Veth).gateway",
        "network.interfaces(Veth).mac",
        "network.interfaces(Veth).mtu"
    })
    default void anInterfaceIsOnABridge(Kit kit) throws Exception {
        try {
            List<String> lines =
                    kit.answers(kit.command(show(Fact.INTERFACES), show(Fact.LINK, "eth7"), show(Fact.ROUTES))
                            .network(bridged()));
            assertEquals("eth7|lo", lines.get(0));
            assertTrue(lines.get(1).startsWith("up 1400 02:42:0a:d5:00:02|10.213.0.2/24"), lines::toString);
            assertTrue(lines.get(2).contains("default via 10.213.0.1 dev eth7"), lines::toString);
        } finally {
            kit.machine().removeLink("ctckbr0");
        }
    }

    private static Network bridged() {
        return new Network(NamespaceChoice.PRIVATE, List.of(veth("10.213.0.2/24")), List.of());
    }

    @Test
    @Needs(
            value = {Feature.NETWORK_BRIDGE, Feature.NETWORK_NONE},
            toObserve = Facility.BRIDGE)
    @Observes("network.interfaces(Veth).bridge")
    default void containersOnABridgeReachEachOther(Kit kit) throws Exception {
        try {
            kit.start(kit.command(line("ready"), hold()).network(bridged())).says("ready");
            Network other = new Network(
                    NamespaceChoice.PRIVATE,
                    List.of(NetworkInterface.veth("eth0", "ctckbr0")
                            .address("10.213.0.3/24")
                            .build()),
                    List.of());
            assertEquals(
                    "ok",
                    kit.answer(kit.command(attempt(Deed.PING, "10.213.0.2")).network(other)));
        } finally {
            kit.endAll();
            kit.machine().removeLink("ctckbr0");
        }
    }

    private static Network on(NetworkInterface.VethBuilder veth) {
        return new Network(NamespaceChoice.PRIVATE, List.of(veth.build()), List.of());
    }

    @Test
    @Needs(
            value = {Feature.NETWORK_BRIDGE, Feature.NETWORK_NONE},
            toObserve = {Facility.BRIDGE, Facility.IPV6})
    default void addressesOfIpv6WorkAtOnce(Kit kit) throws Exception {
        try {
            kit.start(kit.command(line("ready"), hold())
                            .network(on(NetworkInterface.veth("eth0", "ctckbr0").address("fd13::2/64"))))
                    .says("ready");
            assertEquals(
                    "ok",
                    kit.answer(kit.command(attempt(Deed.PING, "fd13::2"))
                            .network(on(NetworkInterface.veth("eth0", "ctckbr0").address("fd13::3/64")))));
        } finally {
            kit.endAll();
            kit.machine().removeLink("ctckbr0");
        }
    }

    @Test
    @Needs(
            value = {Feature.NETWORK_BRIDGE, Feature.NETWORK_NONE},
            toObserve = Facility.BRIDGE)
    default void anAddressIsOneContainersAlone(Kit kit) throws Exception {
        try {
            kit.start(kit.command(line("ready"), hold()).network(bridged())).says("ready");
            DriverException refusal =
                    refusal(() -> kit.run(kit.command(line("x")).network(bridged())));
            assertTrue(String.valueOf(refusal.getMessage()).contains("10.213.0.2"), refusal::toString);
            kit.endAll();
            assertEquals("free", kit.answer(kit.command(line("free")).network(bridged())));
        } finally {
            kit.endAll();
            kit.machine().removeLink("ctckbr0");
        }
    }

    /** Who answers knows the way to its own bridge only: it can't but have been asked by the host. */
    @Test
    @Needs(
            value = {Feature.NETWORK_BRIDGE, Feature.NETWORK_NAT, Feature.NETWORK_NONE},
            toObserve = Facility.BRIDGE)
    @Observes("network.interfaces(Veth).masquerade")
    default void whatLeavesTheBridgeBearsTheHostsAddress(Kit kit) throws Exception {
        try {
            NetworkInterface.VethBuilder first = NetworkInterface.veth("eth0", "ctckbr1")
                    .address("10.214.0.2/24")
                    .gateway("10.214.0.1");
            kit.start(kit.command(line("ready"), hold()).network(on(first))).says("ready");
            NetworkInterface.VethBuilder answers =
                    NetworkInterface.veth("eth0", "ctckbr1").address("10.214.0.3/24");
            kit.start(kit.command(line("ready"), hold()).network(on(answers))).says("ready");
            NetworkInterface.VethBuilder asks = NetworkInterface.veth("eth0", "ctckbr0")
                    .address("10.213.0.2/24")
                    .gateway("10.213.0.1")
                    .masquerade();
            assertEquals(
                    "ok",
                    kit.answer(kit.command(attempt(Deed.PING, "10.214.0.3")).network(on(asks))));
        } finally {
            kit.endAll();
            kit.machine().removeLink("ctckbr0");
            kit.machine().removeLink("ctckbr1");
        }
    }

    @Test
    @Needs(
            value = {Feature.NETWORK_BRIDGE, Feature.NETWORK_NAT, Feature.NETWORK_NONE},
            toObserve = Facility.BRIDGE)
    @Observes({
        "network.interfaces(Veth).ports.protocol",
        "network.interfaces(Veth).ports.hostAddress",
        "network.interfaces(Veth).ports.hostPort",
        "network.interfaces(Veth).ports.containerPort"
    })
    default void portsOfTheHostLeadIn(Kit kit) throws Exception {
        NetworkInterface.VethBuilder veth = NetworkInterface.veth("eth0", "ctckbr0")
                .address("10.213.0.2/24")
                .gateway("10.213.0.1")
                .port(new PublishedPort(PublishedPort.Protocol.TCP, Optional.of("127.0.0.1"), 17_080, 80))
                .port(new PublishedPort(PublishedPort.Protocol.TCP, Optional.empty(), 17_081, 80))
                .port(new PublishedPort(PublishedPort.Protocol.UDP, Optional.empty(), 17_082, 80));
        try {
            kit.start(kit.command(line("ready"), serve(80, "served")).network(on(veth)))
                    .says("ready");
            Optional<String> served = Optional.of("served\n");
            assertEquals(served, kit.machine().hear("127.0.0.1", 17_080, kit.patience()));
            assertEquals(served, kit.machine().hear("127.0.0.1", 17_081, kit.patience()));
            assertEquals(served, kit.machine().hear("10.213.0.1", 17_081, kit.patience()));
            assertEquals(Optional.empty(), kit.machine().hear("10.213.0.1", 17_080, Duration.ZERO), "one address");
            assertEquals(Optional.empty(), kit.machine().hear("127.0.0.1", 17_082, Duration.ZERO), "UDP alone");
        } finally {
            kit.endAll();
            kit.machine().removeLink("ctckbr0");
        }
        assertEquals(Optional.empty(), kit.machine().hear("127.0.0.1", 17_081, Duration.ZERO), "it went with it");
    }

    @Test
    @Needs(
            value = {Feature.NETWORK_BRIDGE, Feature.NETWORK_NONE},
            toObserve = Facility.BRIDGE)
    @Observes({"network.routes.destination", "network.routes.gateway", "network.routes.device"})
    default void furtherRoutesAreMade(Kit kit) throws Exception {
        Network network = new Network(
                NamespaceChoice.PRIVATE,
                List.of(veth("10.213.0.2/24")),
                List.of(
                        new Route("10.214.0.0/16", Optional.of("10.213.0.9"), Optional.empty()),
                        new Route("10.215.0.0/16", Optional.empty(), Optional.of("eth7"))));
        try {
            String routes = kit.answer(kit.command(show(Fact.ROUTES)).network(network));
            assertTrue(routes.contains("10.214.0.0/16 via 10.213.0.9 dev eth7"), routes);
            assertTrue(routes.contains("10.215.0.0/16 dev eth7"), routes);
        } finally {
            kit.machine().removeLink("ctckbr0");
        }
    }

    @Test
    @Needs(
            value = {Feature.NETWORK_DEVICE, Feature.NETWORK_NONE},
            machine = Facility.HOST_DEVICES)
    @Observes({"network.interfaces(HostDevice).name", "network.interfaces(HostDevice).hostName"})
    default void aDeviceOfTheHostIsMovedAndComesBack(Kit kit) throws Exception {
        Network network = new Network(
                NamespaceChoice.PRIVATE, List.of(new NetworkInterface.HostDevice("moved0", "ctckdev0")), List.of());
        kit.use(kit.machine().networkDevice("ctckdev0"));
        assertEquals("lo|moved0", kit.answer(kit.command(show(Fact.INTERFACES)).network(network)));
        assertTrue(kit.machine().hasLink("ctckdev0"), "the device came back by its own name");
    }

    @Test
    @Needs(
            value = {Feature.NETWORK_DEVICE, Feature.NETWORK_NONE},
            toObserve = Facility.HOST_DEVICES)
    default void aDeviceThatIsNotThereIsRefused(Kit kit) {
        Network network = new Network(
                NamespaceChoice.PRIVATE, List.of(new NetworkInterface.HostDevice("moved0", "ctcknone0")), List.of());
        DriverException refusal = refusal(() -> kit.run(kit.command(line("x")).network(network)));
        assertTrue(String.valueOf(refusal.getMessage()).contains("ctcknone0"), refusal::toString);
    }

    @Test
    @Observes("hostname")
    default void theHostNameIsSet(Kit kit) throws Exception {
        assertEquals(
                "tck-host.example",
                kit.answer(kit.command(show(Fact.FILE, "/proc/sys/kernel/hostname"))
                        .hostname("tck-host.example")));
    }

    @Test
    @Observes("domainname")
    default void theDomainNameIsSet(Kit kit) throws Exception {
        assertEquals(
                "tck.example",
                kit.answer(kit.command(show(Fact.FILE, "/proc/sys/kernel/domainname"))
                        .domainname("tck.example")));
    }
}
