// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.help;

import dev.caisson.cli.CommandPage;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The script for bash; zsh takes it too, through its bashcompinit. */
final class BashCompletion {
    private BashCompletion() {}

    static String script(List<CommandPage> pages) {
        CommandSpec root = CommandSpec.create().name("caisson");
        for (CommandPage page : pages) {
            root.addSubcommand(page.name(), PicocliSpec.forCompletion(page).name(page.name()));
        }
        return AutoComplete.bash("caisson", new CommandLine(root));
    }
}
