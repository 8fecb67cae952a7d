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
        return new CommandPage("version", "Print the version", "", List.of(), List.of(), List.of());
    }

    @Override
    public Optional<Integer> execute(List<String> arguments) {
        if (arguments.equals(List.of("--help"))) {
            return Optional.empty();
        }
        if (!arguments.isEmpty()) {
            throw new UsageException(List.of("version: takes no arguments; leave them out"));
        }
        String version = VersionCommand.class.getPackage().getImplementationVersion();
        out.println("caisson " + (version == null ? "unknown" : version) + ", on Java " + Runtime.version() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        return Optional.of(ExitCodes.OK);
    }
}
