// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.bridge;

import dev.caisson.cli.proc.KernelFile;
import dev.caisson.driver.command.IpPrefix;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The networks that the host knows. */
public class HostNetwork {
    private static final Path ROUTES = Path.of("/proc/thread-self/net/route");
    private static final int DESTINATION = 1;
    private static final int MASK = 7;
    private static final int HEXADECIMAL = 16;

    /** Returns the addresses of an interface, without those of the link alone; empty if there is no such interface. */
    public Optional<List<IpPrefix>> addresses(String name) {
        try {
            return Optional.ofNullable(NetworkInterface.getByName(name))
                    .map(device -> prefixes(device).toList());
        } catch (SocketException unreadable) {
            return Optional.empty();
        }
    }

    /** Returns all networks that the host has addresses in or IPv4 routes to, but for the default route. */
    public List<IpPrefix> known() {
        try {
            Stream<IpPrefix> own = NetworkInterface.networkInterfaces().flatMap(HostNetwork::prefixes);
            Stream<IpPrefix> routed =
                    KernelFile.text(ROUTES).orElse("").lines().skip(1).map(HostNetwork::route);
            return Stream.concat(own, routed.filter(route -> route.length() > 0))
                    .toList();
        } catch (SocketException unreadable) {
            return List.of();
        }
    }

    private static Stream<IpPrefix> prefixes(NetworkInterface device) {
        return device.getInterfaceAddresses().stream()
                .filter(one -> !one.getAddress().isLinkLocalAddress())
                .map(one -> new IpPrefix(withoutZone(one.getAddress()), one.getNetworkPrefixLength()));
    }

    private static InetAddress withoutZone(InetAddress address) {
        return address(address.getAddress());
    }

    /** A line has destination and mask in hexadecimal, as the machine has numbers in memory. */
    private static IpPrefix route(String line) {
        String[] words = line.split("\\s+");
        int mask = Integer.parseUnsignedInt(words[MASK], HEXADECIMAL);
        return new IpPrefix(address(bytes(words[DESTINATION])), Integer.bitCount(mask));
    }

    private static byte[] bytes(String number) {
        return java.nio.ByteBuffer.allocate(Integer.BYTES)
                .order(java.nio.ByteOrder.nativeOrder())
                .putInt(Integer.parseUnsignedInt(number, HEXADECIMAL))
                .array();
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
