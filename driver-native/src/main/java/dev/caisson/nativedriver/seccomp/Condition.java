// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.driver.command.Capability;
import dev.caisson.nativedriver.machine.CapabilityMask;
import dev.caisson.nativedriver.machine.KernelVersion;
import java.util.Optional;
import java.util.Set;

/**
 * When a rule of a profile counts: "includes" and "excludes" of Docker's format.
 *
 * @param with capabilities of which the container has all
 * @param without capabilities of which it has none
 * @param on architectures of which the machine is one, by Docker's names; empty for any
 * @param notOn architectures of which it is none
 * @param since the first kernel for which the rule counts
 */
record Condition(
        Set<Capability> with,
        Set<Capability> without,
        Set<String> on,
        Set<String> notOn,
        Optional<KernelVersion> since) {
    static final Condition ALWAYS = new Condition(Set.of(), Set.of(), Set.of(), Set.of(), Optional.empty());

    Condition {
        with = Set.copyOf(with);
        without = Set.copyOf(without);
        on = Set.copyOf(on);
        notOn = Set.copyOf(notOn);
    }

    static Condition with(Capability capability) {
        return new Condition(Set.of(capability), Set.of(), Set.of(), Set.of(), Optional.empty());
    }

    static Condition without(Capability capability) {
        return new Condition(Set.of(), Set.of(capability), Set.of(), Set.of(), Optional.empty());
    }

    static Condition on(String... architectures) {
        return new Condition(Set.of(), Set.of(), Set.of(architectures), Set.of(), Optional.empty());
    }

    /** The same, and only on these architectures. */
    Condition andOn(String... architectures) {
        return new Condition(with, without, Set.of(architectures), notOn, since);
    }

    /** The same, and not on these architectures. */
    Condition andNotOn(String... architectures) {
        return new Condition(with, without, on, Set.of(architectures), since);
    }

    boolean holds(SeccompTarget target) {
        long capabilities = target.capabilities();
        String name = target.architecture().dockerName();
        return (CapabilityMask.of(with) & ~capabilities) == 0
                && (CapabilityMask.of(without) & capabilities) == 0
                && (on.isEmpty() || on.contains(name))
                && !notOn.contains(name)
                && since.filter(version -> !target.kernel().isAtLeast(version)).isEmpty();
    }
}
