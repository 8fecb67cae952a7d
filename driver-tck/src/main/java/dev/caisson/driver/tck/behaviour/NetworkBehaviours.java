// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.refusal;
import static dev.caisson.driver.tck.probe.Steps.attempt;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.Route;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.probe.Deed;
import dev.caisson.driver.tck.probe.Fact;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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
                "ok", kit.answer(kit.command(attempt(Deed.PING, "127.0.0.1")).network(Network.none())));
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
        return new NetworkInterface.Veth(
                "eth7",
                "ctckbr0",
                List.of(address),
                List.of("10.213.0.1"),
                Optional.of("02:42:0a:d5:00:02"),
                OptionalInt.of(1400));
    }

    @Test
    @Needs(value = Feature.NETWORK_BRIDGE, machine = Facility.BRIDGE)
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
    @Needs(value = Feature.NETWORK_BRIDGE, machine = Facility.BRIDGE)
    @Observes("network.interfaces(Veth).bridge")
    default void containersOnABridgeReachEachOther(Kit kit) throws Exception {
        try {
            kit.start(kit.command(line("ready"), hold()).network(bridged())).says("ready");
            Network other = new Network(
                    NamespaceChoice.PRIVATE,
                    List.of(new NetworkInterface.Veth(
                            "eth0",
                            "ctckbr0",
                            List.of("10.213.0.3/24"),
                            List.of(),
                            Optional.empty(),
                            OptionalInt.empty())),
                    List.of());
            assertEquals(
                    "ok",
                    kit.answer(kit.command(attempt(Deed.PING, "10.213.0.2")).network(other)));
        } finally {
            kit.endAll();
            kit.machine().removeLink("ctckbr0");
        }
    }

    @Test
    @Needs(value = Feature.NETWORK_BRIDGE, machine = Facility.BRIDGE)
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
    @Needs(value = Feature.NETWORK_DEVICE, machine = Facility.HOST_DEVICES)
    @Observes({"network.interfaces(HostDevice).name", "network.interfaces(HostDevice).hostName"})
    default void aDeviceOfTheHostIsMovedAndComesBack(Kit kit) throws Exception {
        Network network = new Network(
                NamespaceChoice.PRIVATE, List.of(new NetworkInterface.HostDevice("moved0", "ctckdev0")), List.of());
        kit.use(kit.machine().networkDevice("ctckdev0"));
        assertEquals("lo|moved0", kit.answer(kit.command(show(Fact.INTERFACES)).network(network)));
        assertTrue(kit.machine().hasLink("ctckdev0"), "the device came back by its own name");
    }

    @Test
    @Needs(value = Feature.NETWORK_DEVICE, toObserve = Facility.HOST_DEVICES)
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
