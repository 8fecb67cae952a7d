// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.flags;

import java.util.List;

/**
 * Options that stand together in the help.
 *
 * @param title above them
 * @param flags in the order of the help
 */
public record FlagSection(String title, List<Flag> flags) {
    public FlagSection {
        flags = List.copyOf(flags);
    }

    /** Returns a section. */
    public static FlagSection of(String title, Flag... flags) {
        return new FlagSection(title, List.of(flags));
    }
}
