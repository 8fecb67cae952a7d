// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.UserNamespace;
import java.util.List;

/**
 * Reads --userns: {@code host}, {@code map:START:COUNT} (the container's ids from 0 are the host's from START), or {@code
 * remap:USER} (the ranges that /etc/subuid and /etc/subgid give to USER, as dockerd's userns-remap takes them).
 */
public final class UserNamespaceSyntax {
    private static final long MOST = 0xffff_ffffL;

    private UserNamespaceSyntax() {}

    /**
     * Returns the namespace.
     *
     * @throws BadValueException if it is none
     */
    public static UserNamespace read(String text) {
        if (text.equals("host")) {
            return UserNamespace.host();
        }
        if (text.startsWith("map:")) {
            return mapped(text.substring("map:".length()).split(":", -1));
        }
        if (text.startsWith("remap:")) {
            return SubordinateIds.ofHost().namespaceOf(text.substring("remap:".length()));
        }
        throw new BadValueException(
                "is no choice of users", "give host, map:START:COUNT as map:100000:65536, or remap:USER");
    }

    private static UserNamespace mapped(String[] range) {
        if (range.length != 2) {
            throw new BadValueException("is no range of ids", "give map:START:COUNT, as map:100000:65536");
        }
        List<IdMapping> ids =
                List.of(new IdMapping(0, Numbers.whole(range[0], 0, MOST - 1), Numbers.whole(range[1], 1, MOST)));
        return UserNamespace.mapped(new IdMappings(ids, ids));
    }
}
