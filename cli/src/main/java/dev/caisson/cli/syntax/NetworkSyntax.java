// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.Network;
import java.util.List;

/** Reads --network where it is no bridge: {@code none}, {@code host}, {@code container:NAME}, {@code ns:PATH}. */
public final class NetworkSyntax {
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
            default -> joined(text);
        };
    }

    private static Network joined(String text) {
        if (text.startsWith("container:") || text.startsWith("ns:/")) {
            return new Network(NamespaceSyntax.read(text), List.of(), List.of());
        }
        throw new BadValueException(
                "is no network that caisson knows",
                "give none, host, bridge, bridge:NAME, container:NAME or ns:/run/netns/NAME");
    }
}
