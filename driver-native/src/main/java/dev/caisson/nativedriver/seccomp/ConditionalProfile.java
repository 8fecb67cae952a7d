// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.driver.command.Seccomp;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A profile whose rules may depend on the machine and on the container's capabilities.
 *
 * @param architectures further ones than the machine's own; empty Optional for those that the machine can run
 */
record ConditionalProfile(
        Seccomp.Action defaultAction,
        OptionalInt defaultErrno,
        Optional<List<String>> architectures,
        Set<Seccomp.Flag> flags,
        Optional<Path> listenerPath,
        String listenerMetadata,
        List<ConditionalRule> rules) {
    /** A rule, and when it counts. */
    record ConditionalRule(Seccomp.Rule rule, Condition condition) {}

    ConditionalProfile {
        flags = Set.copyOf(flags);
        rules = List.copyOf(rules);
    }

    /** What is left of it for one container on one machine. */
    Seccomp.Profile resolve(SeccompTarget target) {
        return new Seccomp.Profile(
                defaultAction,
                defaultErrno,
                architectures.orElse(target.architecture().subArchitectures()),
                flags,
                listenerPath,
                listenerMetadata,
                rules.stream()
                        .filter(conditional -> conditional.condition().holds(target))
                        .map(ConditionalRule::rule)
                        .toList());
    }
}
