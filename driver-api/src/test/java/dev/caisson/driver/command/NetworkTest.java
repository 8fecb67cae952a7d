// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.check.Checker;
import dev.caisson.driver.check.Mistake;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NetworkTest {
    private static List<String> mistakes(Network network) {
        Checker checker = Checker.atRoot();
        checker.check("network", network);
        return checker.mistakes().stream().map(Mistake::path).toList();
    }

    private static List<String> mistakes(NetworkInterface.VethBuilder... interfaces) {
        List<NetworkInterface> all = new java.util.ArrayList<>();
        for (NetworkInterface.VethBuilder one : interfaces) {
            all.add(one.build());
        }
        return mistakes(new Network(NamespaceChoice.PRIVATE, all, List.of()));
    }

    private static NetworkInterface.VethBuilder veth() {
        return NetworkInterface.veth("eth0", "br0");
    }

    @Test
    void whatIsRight() {
        assertEquals(List.of(), mistakes(veth()));
        assertEquals(
                List.of(),
                mistakes(veth().address("10.0.0.2/24")
                        .address("fd00::2/64")
                        .gateway("10.0.0.1")
                        .gateway("fd00::1")
                        .mac("02:42:0A:00:00:02")
                        .mtu(1400)
                        .masquerade()
                        .port(new PublishedPort(PublishedPort.Protocol.TCP, Optional.of("::"), 1, 65_535))));
    }

    @Test
    void everyFieldIsLookedAt() {
        String at = "network.interfaces[0].";
        assertEquals(List.of(at + "name"), mistakes(NetworkInterface.veth("sixteen-letters-", "br0")));
        assertEquals(List.of(at + "bridge"), mistakes(NetworkInterface.veth("eth0", "br/0")));
        assertEquals(List.of(at + "addresses[0]"), mistakes(veth().address("10.0.0.2")));
        assertEquals(
                List.of(at + "gateway[0]"),
                mistakes(veth().address("10.0.0.2/24").gateway("nobody")));
        assertEquals(
                List.of(at + "gateway[0]"),
                mistakes(veth().address("10.0.0.2/24").gateway("10.0.1.1")));
        assertEquals(
                List.of(at + "gateway[0]"),
                mistakes(veth().address("10.0.0.2/24").gateway("10.0.0.2")));
        assertEquals(
                List.of(at + "gateway[1]"),
                mistakes(veth().address("10.0.0.2/24").gateway("10.0.0.1").gateway("10.0.0.3")));
        assertEquals(List.of(at + "mac"), mistakes(veth().mac("02:42")));
        assertEquals(List.of(at + "mac"), mistakes(veth().mac("01:00:5e:00:00:01")));
        assertEquals(List.of(at + "mtu"), mistakes(veth().mtu(67)));
        assertEquals(List.of("network.interfaces[0]"), mistakes(veth().masquerade()));
        assertEquals(
                List.of(at + "ports[0].hostAddress", at + "ports[0].hostPort", at + "ports[0].containerPort"),
                mistakes(veth().address("10.0.0.2/24")
                        .port(new PublishedPort(PublishedPort.Protocol.TCP, Optional.of("host"), 0, 65_536))));
        assertEquals(List.of("network.interfaces[1].name"), mistakes(veth(), veth()));
    }

    @Test
    void routes() {
        assertEquals(List.of(), mistakes(routed("10.1.0.0/16", "10.0.0.1")));
        assertEquals(List.of("network.routes[0].destination"), mistakes(routed("10.1.0.0", "10.0.0.1")));
        assertEquals(List.of("network.routes[0].destination"), mistakes(routed("10.1.0.1/16", "10.0.0.1")));
        assertEquals(List.of("network.routes[0].gateway"), mistakes(routed("10.1.0.0/16", "10.0.0.1/24")));
        assertEquals(List.of("network.routes[0].gateway"), mistakes(routed("10.1.0.0/16", "fd00::1")));
    }

    private static Network routed(String destination, String gateway) {
        Route route = new Route(destination, Optional.of(gateway), Optional.empty());
        return new Network(NamespaceChoice.PRIVATE, List.of(), List.of(route));
    }
}
