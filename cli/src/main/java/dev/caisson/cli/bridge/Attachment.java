// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.bridge;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.IpPrefix;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.PublishedPort;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How one container is attached to a bridge. Its address is drawn by lot; that somebody else has it is found out when the
 * container is started, and then the next one is tried. Not thread-safe.
 */
public final class Attachment {
    private static final String NAME = "eth0";
    private static final int TRIES = 1000;

    private final Bridge bridge;
    private final BigInteger lot;
    private Optional<IpPrefix> givenFour = Optional.empty();
    private Optional<IpPrefix> givenSix = Optional.empty();
    private Optional<String> mac = Optional.empty();
    private List<PublishedPort> ports = List.of();
    private int tries;

    /**
     * @param lot any number, another one for each container
     * @throws BadValueException if the bridge has no room
     */
    public Attachment(Bridge bridge, BigInteger lot) {
        this.bridge = bridge;
        this.lot = lot;
        bridge.four().map(Subnet::new).filter(four -> four.room().signum() == 0).ifPresent(full -> {
            throw new BadValueException(
                    "names a bridge whose network " + full.gateway().network() + " has no room for containers",
                    "give the bridge a larger network");
        });
    }

    /**
     * Chooses the address.
     *
     * @param text with a prefix only where the bridge has no network of that family
     * @throws BadValueException if it is none, or outside of the bridge's network
     */
    public void address(String text, boolean six) {
        Optional<IpPrefix> network = six ? bridge.six() : bridge.four();
        Optional<IpPrefix> chosen = network.isPresent()
                ? IpPrefix.parseAddress(text)
                        .filter(one -> text.contains(":") == six)
                        .map(new Subnet(network.get())::prefixed)
                : IpPrefix.parse(text).filter(one -> one.isSix() == six);
        IpPrefix address = chosen.orElseThrow(() -> new BadValueException(
                "is no address" + (network.isPresent() ? "" : " with its prefix") + " of " + (six ? "IPv6" : "IPv4"),
                "give one such as " + example(network, six)));
        network.map(Subnet::new)
                .filter(subnet -> !subnet.offers(address.address()))
                .ifPresent(subnet -> {
                    throw new BadValueException(
                            "is not for a container on " + bridge.name() + ", whose network is "
                                    + subnet.gateway().network() + " with itself at "
                                    + subnet.gateway().address().getHostAddress(),
                            "give one such as " + example(network, six));
                });
        if (six) {
            givenSix = Optional.of(address);
        } else {
            givenFour = Optional.of(address);
        }
    }

    private static String example(Optional<IpPrefix> network, boolean six) {
        return network.map(prefix -> new Subnet(prefix)
                        .address(BigInteger.valueOf(4))
                        .address()
                        .getHostAddress())
                .orElse(six ? "fd00::5/64" : "10.0.0.5/24");
    }

    public void mac(String value) {
        mac = Optional.of(value);
    }

    public void ports(List<PublishedPort> value) {
        ports = List.copyOf(value);
    }

    /** Goes on to the next address; returns false if it was given, or there is none left to try. */
    public boolean next() {
        tries++;
        return givenFour.isEmpty() && four().isPresent() && tries < TRIES;
    }

    private Optional<IpPrefix> four() {
        return givenFour.or(
                () -> bridge.four().map(Subnet::new).map(subnet -> subnet.address(lot.add(BigInteger.valueOf(tries)))));
    }

    private List<IpPrefix> prefixes() {
        return Stream.concat(four().stream(), givenSix.stream()).toList();
    }

    /** Returns its addresses without prefix, for /etc/hosts. */
    public List<String> addresses() {
        return prefixes().stream()
                .map(prefix -> prefix.address().getHostAddress())
                .toList();
    }

    /** Returns the container's network. */
    public Network network() {
        NetworkInterface.VethBuilder port = NetworkInterface.veth(NAME, bridge.name());
        prefixes().forEach(prefix -> port.address(prefix.toString()));
        gateway(four(), bridge.four()).ifPresent(port::gateway);
        gateway(givenSix, bridge.six()).ifPresent(port::gateway);
        // Neighbours that remember the last owner of the address go on to find it.
        mac.or(() -> four().map(Attachment::macOf)).ifPresent(port::mac);
        ports.forEach(port::port);
        if (bridge.own()) {
            port.masquerade();
        }
        return new Network(NamespaceChoice.PRIVATE, List.of(port.build()), List.of());
    }

    private static Optional<String> gateway(Optional<IpPrefix> address, Optional<IpPrefix> network) {
        return address.flatMap(one -> network).map(IpPrefix::address).map(InetAddress::getHostAddress);
    }

    /** As Docker makes it: 02:42, then the address. */
    private static String macOf(IpPrefix four) {
        return "02:42:" + HexFormat.ofDelimiter(":").formatHex(four.address().getAddress());
    }
}
