// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The time namespace of a container, time_namespaces(7).
 *
 * @param choice which
 * @param offsets added to the host's clocks; only with a private one
 */
public record TimeNamespace(NamespaceChoice choice, Map<Clock, Duration> offsets) implements Checked {
    /** A clock that can be offset. */
    public enum Clock {
        MONOTONIC,
        BOOTTIME
    }

    public TimeNamespace {
        requireNonNull(choice, "choice is null");
        Map<Clock, Duration> copy = new EnumMap<>(Clock.class);
        copy.putAll(offsets);
        offsets = Collections.unmodifiableMap(copy);
    }

    /** Returns the host's. */
    public static TimeNamespace host() {
        return new TimeNamespace(NamespaceChoice.HOST, Map.of());
    }

    @Override
    public void check(Checker checker) {
        checker.at("offsets")
                .require(
                        offsets.isEmpty() || choice instanceof NamespaceChoice.Private,
                        "are given for a namespace that isn't made here",
                        "leave them out, or make the namespace private");
    }
}
