// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.bridge.Attachment;
import dev.caisson.cli.bridge.Bridge;
import dev.caisson.cli.bridge.HostNetwork;
import dev.caisson.cli.flags.BadValueException;
import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.syntax.PublishSyntax;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/** What is said of a network that is a bridge. */
final class BridgeFlags {
    static final Flag IP =
            Flag.value("--ip", "ADDRESS", "On a bridge: IPv4 address; default a free one of the bridge's network");
    static final Flag IP6 =
            Flag.value("--ip6", "ADDRESS", "On a bridge: IPv6 address, such as fd00:ca15:5044::5; default none");
    static final Flag MAC = Flag.value("--mac-address", "MAC", "On a bridge: address of the interface");
    static final Flag PUBLISH = Flag.list(
                    "--publish",
                    "[ADDRESS:]PORT:PORT[/udp]",
                    "On a bridge: a port of the host that leads to one of the container; ranges as 8000-8010")
            .letter('p');

    private static final int HEXADECIMAL = 16;
    private static final String PREFIX = "bridge:";

    private final HostNetwork host;

    BridgeFlags(HostNetwork host) {
        this.host = host;
    }

    /** Returns how the container is attached, if the network that is asked for is a bridge. */
    Optional<Attachment> read(Flag network, FlagValues values, String randomId) {
        Optional<String> asked = values.text(network);
        if (asked.filter(text -> text.equals("bridge") || text.startsWith(PREFIX))
                .isEmpty()) {
            for (Flag flag : List.of(IP, IP6, MAC, PUBLISH)) {
                if (values.has(flag)) {
                    values.reject(flag, "is for a container on a bridge", "give --network bridge as well");
                }
            }
            return Optional.empty();
        }
        Optional<Attachment> attachment =
                values.read(network, text -> new Attachment(bridge(text), new BigInteger(randomId, HEXADECIMAL)));
        attachment.ifPresent(found -> {
            values.read(IP, text -> addressed(found, text, false));
            values.read(IP6, text -> addressed(found, text, true));
            values.text(MAC).ifPresent(found::mac);
            found.ports(values.readAll(PUBLISH, PublishSyntax::read).stream()
                    .flatMap(List::stream)
                    .toList());
            if (found.addresses().isEmpty() && !values.has(IP) && !values.has(IP6)) {
                values.reject(
                        network, "names a bridge without an address", "give the container one by --ip ADDRESS/PREFIX");
            }
        });
        return attachment;
    }

    private static Attachment addressed(Attachment attachment, String text, boolean six) {
        attachment.address(text, six);
        return attachment;
    }

    /** @throws BadValueException if there is none of that name */
    private Bridge bridge(String text) {
        return text.startsWith(PREFIX) ? Bridge.named(text.substring(PREFIX.length()), host) : Bridge.own(host);
    }
}
