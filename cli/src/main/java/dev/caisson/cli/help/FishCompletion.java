// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.help;

import dev.caisson.cli.CommandPage;
import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import java.util.List;

/** The script for fish: one line for each command and option. */
final class FishCompletion {
    private FishCompletion() {}

    static String script(List<CommandPage> pages) {
        StringBuilder script = new StringBuilder("complete -c caisson -f\n");
        for (CommandPage page : pages) {
            script.append("complete -c caisson -n __fish_use_subcommand -a ")
                    .append(page.name())
                    .append(" -d ")
                    .append(quoted(page.summary()))
                    .append('\n');
            for (FlagSection section : page.sections()) {
                section.flags().forEach(flag -> script.append(line(page, flag)));
            }
        }
        return script.toString();
    }

    private static String line(CommandPage page, Flag flag) {
        StringBuilder line = new StringBuilder("complete -c caisson -n '__fish_seen_subcommand_from ")
                .append(page.name())
                .append("' -l ")
                .append(flag.name().substring(2));
        flag.letter().ifPresent(letter -> line.append(" -s ").append(letter));
        if (flag.kind() != Flag.Kind.SWITCH) {
            line.append(flag.choices().isEmpty() ? " -r -F" : " -x -a " + quoted(String.join(" ", flag.choices())));
        }
        return line.append(" -d ").append(quoted(flag.help())).append('\n').toString();
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
