// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.driver.command.Propagation;
import java.util.Optional;

/** The six kinds of propagation that a bind mount can be given. */
final class PropagationSyntax {
    static final String CHOICES = "private, rprivate, shared, rshared, slave or rslave";

    private PropagationSyntax() {}

    static Optional<Propagation> find(String word) {
        return Optional.ofNullable(
                switch (word) {
                    case "private" -> Propagation.PRIVATE;
                    case "rprivate" -> Propagation.RPRIVATE;
                    case "shared" -> Propagation.SHARED;
                    case "rshared" -> Propagation.RSHARED;
                    case "slave" -> Propagation.SLAVE;
                    case "rslave" -> Propagation.RSLAVE;
                    default -> null;
                });
    }
}
