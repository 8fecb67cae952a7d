// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.leak;

import static java.util.Objects.requireNonNull;

/**
 * One thing that exists on the machine and could have been left behind.
 *
 * @param kind what it is
 * @param identity tells it apart from every other of its kind, now and later
 * @param description for people
 */
public record Trace(Kind kind, String identity, String description) {
    /** The kinds of things that containers leave behind. */
    public enum Kind {
        PROCESS,
        CGROUP,
        MOUNT,
        NETWORK_LINK,
        DESCRIPTOR,
        FILE
    }

    public Trace {
        requireNonNull(kind, "kind is null");
        requireNonNull(identity, "identity is null");
        requireNonNull(description, "description is null");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Trace that && kind == that.kind && identity.equals(that.identity);
    }

    @Override
    public int hashCode() {
        return 31 * kind.hashCode() + identity.hashCode();
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " " + description;
    }
}
