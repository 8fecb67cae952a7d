// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.Feature;
import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** An interface of a container. */
public sealed interface NetworkInterface extends Checked {
    /** Returns its name in the container, as {@code eth0}. */
    String name();

    /** Returns a builder of an interface on a bridge. */
    static VethBuilder veth(String name, String bridge) {
        return new VethBuilder(name, bridge);
    }

    /**
     * One end of a veth pair; the other is a port of a bridge of the host.
     *
     * <p>A bridge that is not there is made, with the gateways as its addresses; it goes with the last container on it. An
     * address that another container of this driver has fails the launch with errno EADDRINUSE: the first of its addresses is
     * the container's alone as long as it is there.
     *
     * @param name in the container
     * @param bridge of the host; made by the driver if absent
     * @param addresses with prefix, as {@code 10.0.0.2/24} or {@code fd00::2/64}; they work at once
     * @param gateway of the default route, an address without prefix that one of the addresses reaches; at most one of each
     *     family
     * @param mac as {@code 02:42:ac:11:00:02}; chosen by the kernel if absent
     * @param mtu in bytes
     * @param masquerade what leaves the host for elsewhere bears the host's address ({@link Feature#NETWORK_NAT})
     * @param ports of the host that lead to its first address of each family ({@link Feature#NETWORK_NAT})
     */
    record Veth(
            String name,
            String bridge,
            List<String> addresses,
            List<String> gateway,
            Optional<String> mac,
            OptionalInt mtu,
            boolean masquerade,
            List<PublishedPort> ports)
            implements NetworkInterface {
        private static final int LEAST_MTU = 68;
        private static final int MOST_MTU = 65_535;

        public Veth {
            requireNonNull(name, "name is null");
            requireNonNull(bridge, "bridge is null");
            addresses = List.copyOf(addresses);
            gateway = List.copyOf(gateway);
            requireNonNull(mac, "mac is null");
            requireNonNull(mtu, "mtu is null");
            ports = List.copyOf(ports);
        }

        /** Returns the addresses that have the form of one. */
        public List<IpPrefix> prefixes() {
            return addresses.stream()
                    .map(IpPrefix::parse)
                    .flatMap(Optional::stream)
                    .toList();
        }

        /** Returns whether the host's firewall is needed for it. */
        public boolean isTranslated() {
            return masquerade || !ports.isEmpty();
        }

        @Override
        public void check(Checker checker) {
            checkName(checker.at("name"), name);
            checkName(checker.at("bridge"), bridge);
            mtu.ifPresent(value -> checker.at("mtu").range(value, LEAST_MTU, MOST_MTU));
            mac.ifPresent(value -> checkMac(checker.at("mac"), value));
            for (int i = 0; i < addresses.size(); i++) {
                checker.at("addresses")
                        .at(i)
                        .require(
                                IpPrefix.parse(addresses.get(i)).isPresent(),
                                "\"" + addresses.get(i) + "\" is no address with its prefix",
                                "give one as 10.0.0.2/24 or fd00::2/64");
            }
            for (int i = 0; i < gateway.size(); i++) {
                checkGateway(checker.at("gateway").at(i), gateway.get(i), i);
            }
            checker.checkAll("ports", ports);
            checker.require(
                    addresses.size() > 0 || !isTranslated(),
                    "is to be translated, but has no address",
                    "give it an address");
        }

        private static void checkMac(Checker checker, String value) {
            checker.require(
                    value.matches("(?i)([0-9a-f]{2}:){5}[0-9a-f]{2}"),
                    "\"" + value + "\" is no MAC address",
                    "give it as 02:42:ac:11:00:02");
            checker.require(
                    !value.matches("(?i)[0-9a-f][13579bdf]:.*") && !value.matches("[0:]*"),
                    "\"" + value + "\" is no address of one interface",
                    "give an even first byte, as in 02:42:ac:11:00:02");
        }

        private void checkGateway(Checker checker, String text, int index) {
            Optional<InetAddress> address = IpPrefix.parseAddress(text);
            checker.require(
                    address.isPresent(),
                    "\"" + text + "\" is no address",
                    "give an address without prefix, as 10.0.0.1");
            address.ifPresent(value -> {
                checker.require(
                        prefixes().stream().anyMatch(own -> own.contains(value)),
                        text + " is in none of the networks of its addresses",
                        "give a gateway that one of the addresses reaches");
                checker.require(
                        prefixes().stream().noneMatch(own -> own.address().equals(value)),
                        text + " is its own address",
                        "give the address of the bridge");
                checker.require(
                        gateway.subList(0, index).stream()
                                .noneMatch(other -> other.contains(":") == text.contains(":")),
                        "is a second one of its family",
                        "give one for IPv4 and one for IPv6 at most");
            });
        }
    }

    /**
     * A device of the host that is moved into the container and back at its end.
     *
     * @param name in the container
     * @param hostName on the host
     */
    record HostDevice(String name, String hostName) implements NetworkInterface {
        public HostDevice {
            requireNonNull(name, "name is null");
            requireNonNull(hostName, "hostName is null");
        }

        @Override
        public void check(Checker checker) {
            checkName(checker.at("name"), name);
            checkName(checker.at("hostName"), hostName);
        }
    }

    private static void checkName(Checker checker, String name) {
        checker.require(
                name.matches("[^\\s/:]{1,15}") && !name.equals(".") && !name.equals(".."),
                "\"" + name + "\" is no interface name",
                "give 1 to 15 characters without spaces, / and :");
    }

    /** Makes {@link Veth}. Not thread-safe. */
    final class VethBuilder {
        private final String name;
        private final String bridge;
        private final List<String> addresses = new ArrayList<>();
        private final List<String> gateways = new ArrayList<>();
        private final List<PublishedPort> ports = new ArrayList<>();
        private @Nullable String mac;
        private OptionalInt mtu = OptionalInt.empty();
        private boolean masquerade;

        private VethBuilder(String name, String bridge) {
            this.name = name;
            this.bridge = bridge;
        }

        /** Adds an address with its prefix. */
        public VethBuilder address(String value) {
            addresses.add(value);
            return this;
        }

        /** Adds the gateway of a family. */
        public VethBuilder gateway(String value) {
            gateways.add(value);
            return this;
        }

        public VethBuilder mac(String value) {
            mac = value;
            return this;
        }

        public VethBuilder mtu(int bytes) {
            mtu = OptionalInt.of(bytes);
            return this;
        }

        /** Lets it reach what lies beyond the host. */
        public VethBuilder masquerade() {
            masquerade = true;
            return this;
        }

        /** Adds a port of the host. */
        public VethBuilder port(PublishedPort value) {
            ports.add(value);
            return this;
        }

        public Veth build() {
            return new Veth(name, bridge, addresses, gateways, Optional.ofNullable(mac), mtu, masquerade, ports);
        }
    }
}
