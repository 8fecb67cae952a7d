// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.command.NamespaceChoice;
import java.nio.file.Path;

/** Reads the choice of a namespace: {@code private}, {@code host}, {@code container:NAME}, {@code ns:PATH}. */
public final class NamespaceSyntax {
    private NamespaceSyntax() {}

    /**
     * Returns the choice; any of the four.
     *
     * @throws BadValueException if it is none
     */
    public static NamespaceChoice read(String text) {
        if (text.startsWith("container:")) {
            return new NamespaceChoice.OfContainer(ContainerId.of(text.substring("container:".length())));
        }
        if (text.startsWith("ns:/")) {
            return new NamespaceChoice.AtPath(Path.of(text.substring("ns:".length())));
        }
        return switch (text) {
            case "private" -> NamespaceChoice.PRIVATE;
            case "host" -> NamespaceChoice.HOST;
            default ->
                throw new BadValueException(
                        "is no choice of a namespace", "give private, host, container:NAME or ns:/path");
        };
    }

    /**
     * Returns private or host.
     *
     * @throws BadValueException if it is neither
     */
    public static NamespaceChoice privateOrHost(String text) {
        return switch (text) {
            case "private" -> NamespaceChoice.PRIVATE;
            case "host" -> NamespaceChoice.HOST;
            default -> throw new BadValueException("is no choice of a namespace", "give private or host");
        };
    }
}
