// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.help;

import dev.caisson.cli.CommandPage;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Prints help. */
public final class HelpPrinter {
    private static final int COLUMN = 14;

    private HelpPrinter() {}

    /** Returns the help of one command. */
    public static String of(CommandPage page) {
        return new CommandLine(PicocliSpec.forHelp(page)).getUsageMessage(Ansi.OFF);
    }

    /** Returns the help of the whole. */
    public static String overview(List<CommandPage> pages) {
        StringBuilder text = new StringBuilder("""
                Usage: caisson COMMAND [ARGUMENT...]

                Real Linux containers, without images and without a daemon.

                Commands:
                """);
        for (CommandPage page : pages) {
            text.append("  ")
                    .append(page.name())
                    .append(" ".repeat(COLUMN - page.name().length()));
            text.append(page.summary()).append('\n');
        }
        return text.append("""

                        Examples:
                          caisson run -- echo hello
                          caisson run -it --memory 256m -- bash
                          caisson doctor

                        caisson COMMAND --help tells about a command.
                        """).toString();
    }
}
