// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.help;

import dev.caisson.cli.CommandPage;
import dev.caisson.cli.ExitCodes;
import dev.caisson.cli.Subcommand;
import dev.caisson.cli.UsageException;
import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagParser;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagTable;
import dev.caisson.cli.flags.FlagValues;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code caisson completion}. */
public final class CompletionCommand implements Subcommand {
    private static final Flag HELP = Flag.toggle("--help", "Show this help");
    private static final List<FlagSection> SECTIONS = List.of(FlagSection.of("Options", HELP));

    private final PrintStream out;
    private final Supplier<List<CommandPage>> pages;

    public CompletionCommand(PrintStream out, Supplier<List<CommandPage>> pages) {
        this.out = out;
        this.pages = pages;
    }

    @Override
    public CommandPage page() {
        return new CommandPage(
                "completion",
                "Print a script by which a shell completes commands and options",
                "[OPTIONS] bash|zsh|fish",
                SECTIONS,
                List.of(
                        "source <(caisson completion bash)",
                        "caisson completion zsh >> ~/.zshrc",
                        "caisson completion fish > ~/.config/fish/completions/caisson.fish"),
                List.of());
    }

    @Override
    public Optional<Integer> execute(List<String> arguments) {
        FlagValues values = FlagParser.parse(new FlagTable(SECTIONS), arguments);
        if (values.on(HELP)) {
            return Optional.empty();
        }
        if (!values.mistakes().isEmpty()) {
            throw new UsageException(values.mistakes());
        }
        out.print(script(values.operands()));
        return Optional.of(ExitCodes.OK);
    }

    private String script(List<String> shells) {
        String shell = shells.size() == 1 ? shells.get(0) : "";
        return switch (shell) {
            case "bash", "zsh" -> BashCompletion.script(pages.get());
            case "fish" -> FishCompletion.script(pages.get());
            default ->
                throw new UsageException(List.of("completion: the shell is "
                        + (shell.isEmpty() ? "missing" : "unknown: " + shell) + "; give bash, zsh or fish"));
        };
    }
}
