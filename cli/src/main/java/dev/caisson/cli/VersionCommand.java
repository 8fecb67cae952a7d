// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** {@code caisson version}. */
final class VersionCommand implements Subcommand {
    private final PrintStream out;

    VersionCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public CommandPage page() {
        return new CommandPage(
                "version",
                "Print the version",
                "[OPTIONS]",
                PlainArguments.SECTIONS,
                List.of("caisson version"),
                List.of());
    }

    @Override
    public Optional<Integer> execute(List<String> arguments) {
        if (PlainArguments.read(arguments, 0).isEmpty()) {
            return Optional.empty();
        }
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        out.println("caisson " + (version == null ? "unknown" : version) + ", on Java " + Runtime.version() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        return Optional.of(ExitCodes.OK);
    }
}
