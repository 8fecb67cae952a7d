// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.flags;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The options of one command. */
public final class FlagTable {
    private final List<FlagSection> sections;
    private final Map<String, String> absent;
    private final Map<String, Flag> byName = new HashMap<>();

    /** As the other one, with nothing that people could expect. */
    public FlagTable(List<FlagSection> sections) {
        this(sections, Map.of());
    }

    /**
     * Makes one.
     *
     * @param absent options that people know from elsewhere and look for in vain, with what to say of each
     * @throws IllegalArgumentException if two have the same name or letter
     */
    public FlagTable(List<FlagSection> sections, Map<String, String> absent) {
        this.sections = List.copyOf(sections);
        this.absent = Map.copyOf(absent);
        for (FlagSection section : sections) {
            for (Flag flag : section.flags()) {
                add(flag.name(), flag);
                flag.letter().ifPresent(letter -> add("-" + letter, flag));
            }
        }
    }

    private void add(String name, Flag flag) {
        if (absent.containsKey(name) || byName.put(name, flag) != null) {
            throw new IllegalArgumentException(name + " stands twice");
        }
    }

    /** Returns the sections, for the help. */
    public List<FlagSection> sections() {
        return sections;
    }

    /** Returns the option of a name such as {@code --memory} or {@code -m}. */
    public Optional<Flag> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns what to say of an option that isn't there but is known from elsewhere. */
    Optional<String> absent(String name) {
        return Optional.ofNullable(absent.get(name));
    }

    /** Returns every name, short forms too. */
    public Set<String> names() {
        return Set.copyOf(byName.keySet());
    }
}
