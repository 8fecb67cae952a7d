// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;

/**
 * The user namespace of a container.
 *
 * @param choice which
 * @param mappings its maps; only and always with a private one
 */
public record UserNamespace(NamespaceChoice choice, IdMappings mappings) implements Checked {
    public UserNamespace {
        requireNonNull(choice, "choice is null");
        requireNonNull(mappings, "mappings is null");
    }

    /** Returns the host's. */
    public static UserNamespace host() {
        return new UserNamespace(NamespaceChoice.HOST, IdMappings.none());
    }

    /** Returns a private one with these maps. */
    public static UserNamespace mapped(IdMappings mappings) {
        return new UserNamespace(NamespaceChoice.PRIVATE, mappings);
    }

    /** Returns true if it is newly made. */
    public boolean isPrivate() {
        return choice instanceof NamespaceChoice.Private;
    }

    @Override
    public void check(Checker checker) {
        checker.check("mappings", mappings);
        checker.at("mappings")
                .require(
                        isPrivate() != mappings.isEmpty(),
                        isPrivate() ? "are missing" : "are given for a namespace that isn't made here",
                        isPrivate()
                                ? "map at least one user and group"
                                : "leave them out, or make the namespace private");
    }
}
