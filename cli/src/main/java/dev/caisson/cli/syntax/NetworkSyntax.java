// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.NetworkInterface;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads --network: {@code none}, {@code host}, {@code bridge}, {@code container:NAME}, {@code ns:PATH}. */
public final class NetworkSyntax {
    private static final String BRIDGE = "caisson0";

    private NetworkSyntax() {}

    /**
     * Returns the network.
     *
     * @throws BadValueException if it is none
     */
    public static Network read(String text) {
        return switch (text) {
            case "none" -> Network.none();
            case "host" -> Network.host();
            case "bridge" -> bridge();
            default -> joined(text);
        };
    }

    private static Network joined(String text) {
        if (text.startsWith("container:") || text.startsWith("ns:/")) {
            return new Network(NamespaceSyntax.read(text), List.of(), List.of());
        }
        throw new BadValueException(
                "is no network that caisson knows", "give none, host, bridge, container:NAME or ns:/run/netns/NAME");
    }

    private static Network bridge() {
        NetworkInterface port =
                new NetworkInterface.Veth("eth0", BRIDGE, List.of(), List.of(), Optional.empty(), OptionalInt.empty());
        return new Network(NamespaceChoice.PRIVATE, List.of(port), List.of());
    }
}
