// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IpPrefix;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Translates between a container's addresses and the host's: the table of nftables, and the ports. Thread-safe.
 *
 * <p>Each container on a bridge gets a table, also where nothing is to be translated: a bridge on which somebody has published
 * a port routes to 127.0.0.0/8, and whoever is on it could reach what listens there.
 */
public final class Translations implements NetworkPins {
    private final Kernel kernel;
    private final Nftables nftables;
    private final ReservedPorts ports;

    public Translations(Kernel kernel) {
        this.kernel = kernel;
        this.nftables = new Nftables(kernel);
        this.ports = new ReservedPorts(kernel);
    }

    @Override
    public List<Descriptor> open(Command command) {
        List<NetworkInterface.Veth> interfaces = command.network().interfaces().stream()
                .filter(NetworkInterface.Veth.class::isInstance)
                .map(NetworkInterface.Veth.class::cast)
                .toList();
        if (interfaces.isEmpty()) {
            return List.of();
        }
        List<Descriptor> opened = new ArrayList<>();
        try {
            interfaces.forEach(veth -> ports.open(veth, opened::add));
            interfaces.stream().filter(NetworkInterface.Veth::isTranslated).forEach(this::switchForwardingOn);
            openTable(command.id().value(), interfaces, opened);
            return opened;
        } catch (DriverException refused) {
            opened.forEach(Descriptor::close);
            throw refused;
        }
    }

    private void switchForwardingOn(NetworkInterface.Veth veth) {
        veth.prefixes().stream()
                .map(IpPrefix::isSix)
                .distinct()
                .forEach(six -> Forwarding.switchOn(kernel.files(), six));
    }

    private void openTable(String id, List<NetworkInterface.Veth> interfaces, List<Descriptor> opened) {
        // Its predecessor of the same id may be in removal still: the number makes the name a new one.
        String name = "caisson-" + id + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        try {
            opened.add(nftables.make("table " + name, NatTable.encode(name, interfaces)));
        } catch (KernelException refused) {
            boolean lacking = refused.is(Errno.EPROTONOSUPPORT, Errno.EOPNOTSUPP, Errno.EINVAL, Errno.ENOENT);
            if (lacking && interfaces.stream().noneMatch(NetworkInterface.Veth::isTranslated)) {
                return; // Where there are no tables there are no published ports, which the guard is for.
            }
            throw new DriverException(
                    lacking ? StandardErrorCode.KERNEL_LACKS : StandardErrorCode.NOT_PERMITTED,
                    "translate the addresses of container \"" + id + "\"",
                    refused.text(),
                    lacking
                            ? "leave masquerading and published ports out, or use a kernel with nf_tables and its NAT"
                                    + " (modprobe nf_tables nft_nat nft_masq nft_fib_inet)"
                            : "run as root with CAP_NET_ADMIN",
                    refused);
        }
    }
}
