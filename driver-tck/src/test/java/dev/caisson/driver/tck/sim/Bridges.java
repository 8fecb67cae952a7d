// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.NetworkInterface;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is on the bridges of a simulated machine, and who answers at its ports. Thread-safe. */
final class Bridges {
    private final Map<String, Set<String>> addresses = new ConcurrentHashMap<>();

    /** Those who listen, each with what it says at its ports. Guarded by itself. */
    private final Map<Net, Map<Integer, String>> listening = new HashMap<>();

    /** Returns the addresses on an interface's bridge, to be changed. */
    Set<String> on(NetworkInterface.Veth veth) {
        return addresses.computeIfAbsent(veth.bridge(), name -> ConcurrentHashMap.newKeySet());
    }

    boolean hasTaken(NetworkInterface.Veth veth) {
        return veth.addresses().stream().anyMatch(address -> on(veth).contains(address.split("/")[0]));
    }

    boolean isSomewhere(String address) {
        return addresses.values().stream().anyMatch(bridge -> bridge.contains(address));
    }

    void serve(Net net, int port, String text) {
        synchronized (listening) {
            listening.computeIfAbsent(net, key -> new HashMap<>()).put(port, text + "\n");
            listening.notifyAll();
        }
    }

    void fallSilent(Net net) {
        synchronized (listening) {
            listening.remove(net);
        }
    }

    /** Waits until somebody answers at a port of the host, or for so long. */
    Optional<String> hear(String host, int port, Duration patience) {
        long begin = System.nanoTime();
        synchronized (listening) {
            while (true) {
                Optional<String> said = listening.entrySet().stream()
                        .flatMap(one -> one.getKey().published(host, port).map(one.getValue()::get))
                        .filter(Objects::nonNull)
                        .findFirst();
                long left = patience.toMillis() - (System.nanoTime() - begin) / 1_000_000;
                if (said.isPresent() || left <= 0) {
                    return said;
                }
                try {
                    listening.wait(left);
                } catch (InterruptedException interrupt) {
                    Thread.currentThread().interrupt();
                    return Optional.empty();
                }
            }
        }
    }
}
