// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

import dev.caisson.cli.flags.FlagSection;
import java.util.List;

/**
 * A command as help and completion show it.
 *
 * @param name as it is typed
 * @param summary in half a sentence
 * @param synopsis of its arguments
 * @param sections of its options
 * @param examples command lines
 * @param notes paragraphs at the end
 */
public record CommandPage(
        String name,
        String summary,
        String synopsis,
        List<FlagSection> sections,
        List<String> examples,
        List<String> notes) {
    public CommandPage {
        sections = List.copyOf(sections);
        examples = List.copyOf(examples);
        notes = List.copyOf(notes);
    }
}
