// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import dev.caisson.driver.command.IpPrefix;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.PublishedPort;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The table of nftables that belongs to one container, as the batch of messages that makes it. In the words of nft(8):
 *
 * <pre>{@code
 * table inet caisson-NAME {
 *   flags owner
 *   chain guard { type filter hook prerouting priority raw
 *     iifname "caisson0" ip daddr 127.0.0.0/8 drop }
 *   chain out { type nat hook postrouting priority srcnat
 *     ip saddr 10.0.0.2 oifname != "caisson0" masquerade
 *     ip saddr 127.0.0.0/8 ip daddr 10.0.0.2 oifname "caisson0" masquerade
 *     ip saddr 10.0.0.0/24 ip daddr 10.0.0.2 oifname "caisson0" ct status & dnat != 0 masquerade }
 *   chain in { type nat hook prerouting priority dstnat
 *     fib daddr type local tcp dport 8080 dnat ip to 10.0.0.2:80 }
 *   chain local { type nat hook output priority dstnat; the same }
 * }
 * }</pre>
 *
 * <p>The kernel removes a table when its owner, a socket, is closed (NFT_TABLE_F_OWNER, Linux 5.12).
 */
final class NatTable {
    private static final int SUBSYSTEM = 10;
    private static final int BATCH_BEGIN = 0x10;
    private static final int BATCH_END = 0x11;
    private static final int NEW_TABLE = SUBSYSTEM << 8;
    private static final int NEW_CHAIN = SUBSYSTEM << 8 | 3;
    private static final int NEW_RULE = SUBSYSTEM << 8 | 6;
    private static final int GET_GENERATION = SUBSYSTEM << 8 | 16;

    private static final byte UNSPECIFIED = 0;
    private static final byte INET = 1;
    private static final int OWNED = 2;

    private static final int PREROUTING = 0;
    private static final int OUTPUT = 3;
    private static final int POSTROUTING = 4;
    private static final int RAW = -300;
    private static final int DESTINATION = -100;
    private static final int SOURCE = 100;

    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final IpPrefix LOOPBACK = IpPrefix.parse("127.0.0.0/8").orElseThrow();

    private final NetlinkBatch batch = new NetlinkBatch();
    private final String name;

    private NatTable(String name) {
        this.name = name;
    }

    /** Returns a question that only a kernel with nf_tables answers. */
    static ByteBuffer question() {
        NetlinkBatch question = new NetlinkBatch();
        question.message(GET_GENERATION, 0, header(UNSPECIFIED, 0)).finish();
        return question.all();
    }

    /** Returns the messages; the kernel answers the last of them, or the first that it refuses. */
    static ByteBuffer encode(String name, List<NetworkInterface.Veth> interfaces) {
        NatTable table = new NatTable(name);
        table.write(interfaces);
        return table.batch.all();
    }

    private void write(List<NetworkInterface.Veth> interfaces) {
        batch.message(BATCH_BEGIN, 0, header(UNSPECIFIED, SUBSYSTEM)).finish();
        batch.message(NEW_TABLE, NetlinkBatch.CREATE, header(INET, 0))
                .text(1, name)
                .number(2, OWNED)
                .finish();
        chain("guard", "filter", PREROUTING, RAW);
        interfaces.forEach(veth -> rule(
                "guard",
                rule -> rule.comesIn(veth.bridge())
                        .isOfFamily(LOOPBACK.address())
                        .isTo(LOOPBACK)
                        .drop()));
        if (interfaces.stream().anyMatch(NetworkInterface.Veth::isTranslated)) {
            chain("out", "nat", POSTROUTING, SOURCE);
            interfaces.forEach(this::writeSources);
        }
        if (interfaces.stream().anyMatch(veth -> !veth.ports().isEmpty())) {
            chain("in", "nat", PREROUTING, DESTINATION);
            interfaces.forEach(veth -> writePorts("in", veth));
            chain("local", "nat", OUTPUT, DESTINATION);
            interfaces.forEach(veth -> writePorts("local", veth));
        }
        // The answers come in the order of the messages: if the last one's is the first, all were taken.
        batch.acknowledge();
        batch.message(BATCH_END, 0, header(UNSPECIFIED, SUBSYSTEM)).finish();
    }

    private void writeSources(NetworkInterface.Veth veth) {
        if (veth.masquerade()) {
            veth.prefixes()
                    .forEach(own -> rule(
                            "out",
                            rule -> rule.isOfFamily(own.address())
                                    .isFrom(alone(own))
                                    .goesOutBut(veth.bridge())
                                    .masquerade()));
        }
        if (veth.ports().isEmpty()) {
            return;
        }
        for (IpPrefix own : first(veth)) {
            if (!own.isSix()) {
                backThroughHost(veth, own, LOOPBACK);
            }
            // A neighbour that calls the host's port would get the answer from somebody that it didn't call.
            backThroughHost(veth, own, own.network());
        }
    }

    private void backThroughHost(NetworkInterface.Veth veth, IpPrefix own, IpPrefix callers) {
        rule(
                "out",
                rule -> rule.isOfFamily(own.address())
                        .isFrom(callers)
                        .isTo(alone(own))
                        .goesOut(veth.bridge())
                        .wasRedirected()
                        .masquerade());
    }

    private void writePorts(String chain, NetworkInterface.Veth veth) {
        for (PublishedPort port : veth.ports()) {
            Optional<InetAddress> host = port.hostAddress().flatMap(IpPrefix::parseAddress);
            first(veth).stream()
                    .filter(own -> host.isEmpty() || own.isSix() == host.get().getAddress().length > Integer.BYTES)
                    .forEach(own -> rule(chain, rule -> {
                        rule.isOfFamily(own.address());
                        if (isOne(host)) {
                            rule.isTo(alone(host.orElseThrow()));
                        } else {
                            rule.isToHost();
                        }
                        rule.isToPort(number(port.protocol()), port.hostPort())
                                .redirect(own.address(), port.containerPort());
                    }));
        }
    }

    /** 0.0.0.0 and :: stand for all addresses of their family. */
    private static boolean isOne(Optional<InetAddress> address) {
        return address.filter(value -> !value.isAnyLocalAddress()).isPresent();
    }

    /** Returns the first address of each family: what a port leads to. */
    private static List<IpPrefix> first(NetworkInterface.Veth veth) {
        List<IpPrefix> all = veth.prefixes();
        return all.stream()
                .filter(one -> all.stream()
                        .filter(other -> other.isSix() == one.isSix())
                        .findFirst()
                        .filter(one::equals)
                        .isPresent())
                .toList();
    }

    private static IpPrefix alone(IpPrefix prefix) {
        return alone(prefix.address());
    }

    private static IpPrefix alone(InetAddress address) {
        return new IpPrefix(address, address.getAddress().length * Byte.SIZE);
    }

    private static int number(PublishedPort.Protocol protocol) {
        return switch (protocol) {
            case TCP -> TCP;
            case UDP -> UDP;
        };
    }

    private void chain(String chain, String type, int hook, int priority) {
        batch.message(NEW_CHAIN, NetlinkBatch.CREATE, header(INET, 0))
                .text(1, name)
                .text(3, chain)
                .begin(4)
                .number(1, hook)
                .number(2, priority)
                .end()
                .text(7, type)
                .finish();
    }

    private void rule(String chain, Consumer<Rule> expressions) {
        batch.message(NEW_RULE, NetlinkBatch.CREATE | NetlinkBatch.APPEND, header(INET, 0))
                .text(1, name)
                .text(2, chain)
                .begin(4);
        expressions.accept(new Rule(batch));
        batch.end().finish();
    }

    /** {@code struct nfgenmsg}: family, version, and a number in network order. */
    private static byte[] header(byte family, int resource) {
        return new byte[] {family, 0, (byte) (resource >> 8), (byte) resource};
    }
}
