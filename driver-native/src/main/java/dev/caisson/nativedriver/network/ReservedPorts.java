// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.IpPrefix;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.PublishedPort;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the host's ports that lead into containers from everybody else: the kernel would let two have the same. */
final class ReservedPorts {
    private static final InetAddress ANY_FOUR = IpPrefix.parseAddress("0.0.0.0").orElseThrow();
    private static final InetAddress ANY_SIX = IpPrefix.parseAddress("::").orElseThrow();

    private final Kernel kernel;

    ReservedPorts(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Reserves the ports of an interface, handing on each socket as soon as it is there.
     *
     * @throws DriverException if one is taken
     */
    void open(NetworkInterface.Veth veth, Consumer<Descriptor> opened) {
        for (PublishedPort port : veth.ports()) {
            for (InetAddress address : addresses(veth, port)) {
                opened.accept(open(port, address));
            }
        }
    }

    private static List<InetAddress> addresses(NetworkInterface.Veth veth, PublishedPort port) {
        Optional<InetAddress> given = port.hostAddress().flatMap(IpPrefix::parseAddress);
        if (given.isPresent()) {
            return List.of(given.get());
        }
        return veth.prefixes().stream()
                .map(IpPrefix::isSix)
                .distinct()
                .map(six -> six ? ANY_SIX : ANY_FOUR)
                .toList();
    }

    private Descriptor open(PublishedPort port, InetAddress address) {
        try {
            return kernel.sockets().reserve(port.protocol() == PublishedPort.Protocol.UDP, address, port.hostPort());
        } catch (KernelException refused) {
            String doing = "publish port " + port;
            if (refused.is(Errno.EADDRINUSE)) {
                throw new DriverException(
                        StandardErrorCode.PORT_TAKEN,
                        doing,
                        "port " + port.hostPort() + " of the host is taken",
                        "give another port, or end who has it (ss -lnp shows it)",
                        refused);
            }
            throw new DriverException(
                    refused.is(Errno.EADDRNOTAVAIL) ? StandardErrorCode.INVALID_ARGUMENT : StandardErrorCode.INTERNAL,
                    doing,
                    refused.text(),
                    "give an address that the host has",
                    refused);
        }
    }
}
