// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IpPrefix;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.Route;
import dev.caisson.nativedriver.network.HostEnd;
import dev.caisson.nativedriver.network.NetworkPins;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The interfaces of a container and its routes. */
final class NetworkEntries {
    /** One for the machine: engines with other state roots put containers on the same bridges. */
    private static final String LOCK = "/run/caisson-network.lock";

    private static final byte[] ANY_MAC = {};

    private final NetworkPins pins;

    NetworkEntries(NetworkPins pins) {
        this.pins = pins;
    }

    void write(PlanWriter plan, Command command) {
        for (NetworkInterface one : command.network().interfaces()) {
            if (one instanceof NetworkInterface.Veth veth) {
                writeVeth(plan, veth);
            }
        }
        for (NetworkInterface one : command.network().interfaces()) {
            if (one instanceof NetworkInterface.Veth veth) {
                veth.gateway().forEach(gateway -> writeDefaultRoute(plan, veth, gateway));
            }
        }
        command.network().routes().forEach(route -> writeRoute(plan, route));
        pins.open(command)
                .forEach(pin -> plan.begin(EntryType.PIN).u32(plan.own(pin)).end());
    }

    private static void writeVeth(PlanWriter plan, NetworkInterface.Veth veth) {
        HostEnd end = HostEnd.of(veth);
        plan.begin(EntryType.VETH)
                .string(end.name())
                .bytes(end.mac())
                .string(veth.bridge())
                .string(LOCK)
                .u32(veth.ports().isEmpty() ? 0 : 1)
                .strings(bridgeAddresses(veth))
                .string(veth.name())
                .bytes(veth.mac().map(HexFormat.ofDelimiter(":")::parseHex).orElse(ANY_MAC))
                .u32(veth.mtu().orElse(0))
                .strings(veth.addresses())
                .end();
        plan.put(EntryType.REMOVE_LINK, end.name() + " " + end.macText() + " " + veth.bridge() + " " + LOCK);
    }

    /** The gateways, each in the network of the address that reaches it. */
    private static List<String> bridgeAddresses(NetworkInterface.Veth veth) {
        return veth.gateway().stream()
                .map(IpPrefix::parseAddress)
                .flatMap(Optional::stream)
                .map(gateway -> bridgeAddress(veth, gateway))
                .toList();
    }

    private static String bridgeAddress(NetworkInterface.Veth veth, InetAddress gateway) {
        return veth.prefixes().stream()
                .filter(prefix -> prefix.contains(gateway))
                .findFirst()
                .map(prefix -> new IpPrefix(gateway, prefix.length()).toString())
                .orElseThrow(() -> new IllegalStateException(gateway + " was checked to be reached"));
    }

    private static void writeDefaultRoute(PlanWriter plan, NetworkInterface.Veth veth, String gateway) {
        writeRoute(
                plan,
                new Route(
                        gateway.contains(":") ? "::/0" : "0.0.0.0/0", Optional.of(gateway), Optional.of(veth.name())));
    }

    private static void writeRoute(PlanWriter plan, Route route) {
        plan.begin(EntryType.ROUTE)
                .string(route.destination())
                .string(route.gateway().orElse(""))
                .string(route.device().orElse(""))
                .end();
    }
}
