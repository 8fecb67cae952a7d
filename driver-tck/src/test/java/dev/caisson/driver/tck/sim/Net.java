// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.PublishedPort;
import dev.caisson.driver.command.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The network of a simulated container: what was asked for, and who answers on a bridge. */
final class Net {
    private final Bridges bridges;
    private final Network network;
    private final Fault fault;
    private final Map<String, String> links = new TreeMap<>();

    Net(Bridges bridges, Network network, boolean own, Fault fault) {
        this.bridges = bridges;
        this.network = network;
        this.fault = fault;
        links.put("lo", "up 65536 00:00:00:00:00:00|127.0.0.1/8|::1/128");
        if (own) {
            network.interfaces().forEach(this::add);
        }
    }

    void serve(int port, String text) {
        bridges.serve(this, port, text);
    }

    /** To which ports of the container a TCP port of the host leads. */
    Stream<Integer> published(String host, int port) {
        return network.interfaces().stream()
                .filter(NetworkInterface.Veth.class::isInstance)
                .flatMap(one -> ((NetworkInterface.Veth) one).ports().stream())
                .filter(one -> one.protocol() == PublishedPort.Protocol.TCP && one.hostPort() == port)
                .filter(one -> one.hostAddress().orElse(host).equals(host))
                .map(PublishedPort::containerPort);
    }

    private void add(NetworkInterface one) {
        switch (one) {
            case NetworkInterface.Veth veth -> {
                links.put(
                        veth.name(),
                        "up " + veth.mtu().orElse(1500) + " " + veth.mac().orElse("02:00:00:00:00:01") + "|"
                                + String.join("|", veth.addresses()));
                veth.addresses().forEach(address -> bridges.on(veth).add(address.split("/")[0]));
            }
            case NetworkInterface.HostDevice device -> links.put(device.name(), "down 1500 02:00:00:00:00:02|");
        }
    }

    void close() {
        bridges.fallSilent(this);
        for (NetworkInterface one : network.interfaces()) {
            if (one instanceof NetworkInterface.Veth veth) {
                veth.addresses().forEach(address -> bridges.on(veth).remove(address.split("/")[0]));
            }
        }
    }

    String names() {
        return String.join("|", links.keySet());
    }

    List<String> interfaces() {
        return List.copyOf(links.keySet());
    }

    String link(String name) {
        return links.getOrDefault(name, "");
    }

    String routes() {
        List<String> lines = new ArrayList<>();
        for (NetworkInterface one : network.interfaces()) {
            if (one instanceof NetworkInterface.Veth veth) {
                veth.gateway().forEach(gateway -> lines.add("default via " + gateway + " dev " + veth.name()));
            }
        }
        for (Route route : network.routes()) {
            String device = route.device().orElse(network.interfaces().get(0).name());
            lines.add(route.destination()
                    + route.gateway().map(gateway -> " via " + gateway).orElse("") + " dev " + device);
        }
        return String.join("|", lines);
    }

    void ping(String address) throws Refused {
        if (address.contains(":") && fault.is(Wrong.KNOWS_NO_IPV6)) {
            throw new Refused("Network is unreachable");
        }
        boolean reached = address.startsWith("127.") && !fault.is(Wrong.LEAVES_LOOPBACK_DOWN);
        for (NetworkInterface one : network.interfaces()) {
            reached |= one instanceof NetworkInterface.Veth veth
                    && (bridges.on(veth).contains(address) || (veth.masquerade() && bridges.isSomewhere(address)));
        }
        if (!reached) {
            throw new Refused("Network is unreachable");
        }
    }
}
