// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.flags;

import java.util.List;
import java.util.Optional;

/**
 * An option of a command.
 *
 * @param name with its hyphens, as {@code --memory}
 * @param letter short form, as {@code m} of {@code -m}
 * @param kind what it takes
 * @param label of its value in the help; empty for a switch
 * @param help one or two sentences
 * @param choices words that completion offers as its value
 */
public record Flag(
        String name, Optional<Character> letter, Kind kind, String label, String help, List<String> choices) {
    /** What an option takes. */
    public enum Kind {
        /** Nothing, or {@code =true} or {@code =false}. */
        SWITCH,
        /** A value; given twice, the last one counts. */
        VALUE,
        /** A value, as often as wanted. */
        LIST
    }

    public Flag {
        choices = List.copyOf(choices);
    }

    /** Returns a switch. */
    public static Flag toggle(String name, String help) {
        return new Flag(name, Optional.empty(), Kind.SWITCH, "", help, List.of());
    }

    /** Returns an option with one value. */
    public static Flag value(String name, String label, String help) {
        return new Flag(name, Optional.empty(), Kind.VALUE, label, help, List.of());
    }

    /** Returns an option that may stand several times. */
    public static Flag list(String name, String label, String help) {
        return new Flag(name, Optional.empty(), Kind.LIST, label, help, List.of());
    }

    /** Returns the same with a short form. */
    public Flag letter(char value) {
        return new Flag(name, Optional.of(value), kind, label, help, choices);
    }

    /** Returns the same with words for completion. */
    public Flag choices(String... words) {
        return new Flag(name, letter, kind, label, help, List.of(words));
    }

    @Override
    public String toString() {
        return name;
    }
}
