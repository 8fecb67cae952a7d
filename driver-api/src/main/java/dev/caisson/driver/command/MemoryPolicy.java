// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * On which memory nodes a process's pages are put, set_mempolicy(2).
 *
 * @param mode which
 * @param nodes as {@code 0-1}; empty where the mode takes none
 * @param flags further wishes
 */
public record MemoryPolicy(Mode mode, String nodes, Set<Flag> flags) implements Checked {
    /** The modes, in the order of the kernel's numbers. */
    public enum Mode {
        DEFAULT,
        PREFERRED,
        BIND,
        INTERLEAVE,
        LOCAL,
        PREFERRED_MANY,
        WEIGHTED_INTERLEAVE;

        /** Returns the kernel's number. */
        public int number() {
            return ordinal();
        }
    }

    /** The flags with the kernel's bits. */
    public enum Flag {
        STATIC_NODES(1 << 15),
        RELATIVE_NODES(1 << 14),
        NUMA_BALANCING(1 << 13);

        private final int bit;

        Flag(int bit) {
            this.bit = bit;
        }

        /** Returns the kernel's bit. */
        public int bit() {
            return bit;
        }
    }

    public MemoryPolicy {
        requireNonNull(mode, "mode is null");
        requireNonNull(nodes, "nodes is null");
        EnumSet<Flag> copy = EnumSet.noneOf(Flag.class);
        copy.addAll(flags);
        flags = Collections.unmodifiableSet(copy);
    }

    @Override
    public void check(Checker checker) {
        checker.at("nodes")
                .require(
                        nodes.isEmpty() || nodes.matches("[0-9]{1,4}(-[0-9]{1,4})?(,[0-9]{1,4}(-[0-9]{1,4})?)*"),
                        "\"" + nodes + "\" is no list of nodes",
                        "give it as 0-1");
        boolean takesNone = mode == Mode.DEFAULT || mode == Mode.LOCAL;
        checker.at("nodes")
                .require(
                        takesNone ? nodes.isEmpty() : mode == Mode.PREFERRED || !nodes.isEmpty(),
                        takesNone ? "are given to mode " + mode : "are missing for mode " + mode,
                        takesNone ? "leave them out" : "give at least one");
    }
}
