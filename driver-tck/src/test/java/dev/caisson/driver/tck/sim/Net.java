// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.PublishedPort;
import dev.caisson.driver.command.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The network of a simulated container: what was asked for, and who answers on a bridge. */
final class Net {
    /** Which addresses are on which bridge. */
    private static final Map<String, Set<String>> BRIDGES = new ConcurrentHashMap<>();

    /** Those with interfaces of their own, each with what it answers at its ports. */
    private static final Map<Net, Map<Integer, String>> OPEN = new HashMap<>();

    private final Network network;
    private final Fault fault;
    private final Map<String, String> links = new TreeMap<>();

    Net(Network network, boolean own, Fault fault) {
        this.network = network;
        this.fault = fault;
        links.put("lo", "up 65536 00:00:00:00:00:00|127.0.0.1/8|::1/128");
        if (own) {
            network.interfaces().forEach(this::add);
        }
    }

    static boolean hasTaken(NetworkInterface.Veth veth) {
        return veth.addresses().stream().anyMatch(address -> bridge(veth).contains(address.split("/")[0]));
    }

    void serve(int port, String text) {
        synchronized (OPEN) {
            OPEN.computeIfAbsent(this, key -> new HashMap<>()).put(port, text + "\n");
            OPEN.notifyAll();
        }
    }

    /** Waits until somebody answers, or for so long. */
    static Optional<String> hear(String host, int port, Duration patience) {
        long begin = System.nanoTime();
        synchronized (OPEN) {
            while (true) {
                Optional<String> said = OPEN.entrySet().stream()
                        .flatMap(open -> open.getKey().published(host, port).map(open.getValue()::get))
                        .filter(Objects::nonNull)
                        .findFirst();
                long left = patience.toMillis() - (System.nanoTime() - begin) / 1_000_000;
                if (said.isPresent() || left <= 0) {
                    return said;
                }
                try {
                    OPEN.wait(left);
                } catch (InterruptedException interrupt) {
                    Thread.currentThread().interrupt();
                    return Optional.empty();
                }
            }
        }
    }

    /** To which ports of the container a TCP port of the host leads. */
    private Stream<Integer> published(String host, int port) {
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
                veth.addresses().forEach(address -> bridge(veth).add(address.split("/")[0]));
            }
            case NetworkInterface.HostDevice device -> links.put(device.name(), "down 1500 02:00:00:00:00:02|");
        }
    }

    private static Set<String> bridge(NetworkInterface.Veth veth) {
        return BRIDGES.computeIfAbsent(veth.bridge(), name -> ConcurrentHashMap.newKeySet());
    }

    void close() {
        synchronized (OPEN) {
            OPEN.remove(this);
        }
        for (NetworkInterface one : network.interfaces()) {
            if (one instanceof NetworkInterface.Veth veth) {
                veth.addresses().forEach(address -> bridge(veth).remove(address.split("/")[0]));
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
        boolean reached = address.startsWith("127.") && !fault.is(Wrong.LEAVES_LOOPBACK_DOWN);
        for (NetworkInterface one : network.interfaces()) {
            reached |= one instanceof NetworkInterface.Veth veth
                    && (bridge(veth).contains(address) || (veth.masquerade() && isSomewhere(address)));
        }
        if (!reached) {
            throw new Refused("Network is unreachable");
        }
    }

    private static boolean isSomewhere(String address) {
        return BRIDGES.values().stream().anyMatch(addresses -> addresses.contains(address));
    }
}
