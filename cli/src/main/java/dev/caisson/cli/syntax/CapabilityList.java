// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Capability;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which capabilities --cap-add and --cap-drop leave, as Docker works it out. */
public final class CapabilityList {
    private CapabilityList() {}

    /** What one option says: a capability, or all of them. */
    public record Word(Optional<Capability> capability) {
        boolean isAll() {
            return capability.isEmpty();
        }
    }

    /** Reads a name with or without CAP_, in any case, or ALL. */
    public static Word word(String text) {
        boolean all = text.equalsIgnoreCase("ALL") || text.equalsIgnoreCase("CAP_ALL");
        return new Word(all ? Optional.empty() : Optional.of(Capability.parse(text)));
    }

    /** Returns the capabilities. ALL added, or privileged: all but the dropped ones. ALL dropped: the added ones alone. */
    public static Capabilities of(boolean privileged, List<Word> added, List<Word> dropped) {
        boolean all = privileged || added.stream().anyMatch(Word::isAll);
        boolean none = !all && dropped.stream().anyMatch(Word::isAll);
        Set<Capability> result = EnumSet.noneOf(Capability.class);
        if (all) {
            result.addAll(Capabilities.all().bounding());
        } else if (!none) {
            result.addAll(Capabilities.standard().bounding());
        }
        if (privileged && dropped.stream().anyMatch(Word::isAll)) {
            result.clear();
        }
        dropped.forEach(word -> word.capability().ifPresent(result::remove));
        if (!all) {
            added.forEach(word -> word.capability().ifPresent(result::add));
        }
        return Capabilities.of(result);
    }
}
