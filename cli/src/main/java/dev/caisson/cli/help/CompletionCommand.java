// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.help;

import dev.caisson.cli.CommandPage;
import dev.caisson.cli.ExitCodes;
import dev.caisson.cli.PlainArguments;
import dev.caisson.cli.Subcommand;
import dev.caisson.cli.UsageException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code caisson completion}. */
public final class CompletionCommand implements Subcommand {
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
                PlainArguments.SECTIONS,
                List.of(
                        "source <(caisson completion bash)",
                        "caisson completion zsh >> ~/.zshrc",
                        "caisson completion fish > ~/.config/fish/completions/caisson.fish"),
                List.of());
    }

    @Override
    public Optional<Integer> execute(List<String> arguments) {
        Optional<List<String>> operands = PlainArguments.read(arguments, 1);
        if (operands.isEmpty()) {
            return Optional.empty();
        }
        out.print(script(operands.get()));
        return Optional.of(ExitCodes.OK);
    }

    private String script(List<String> shells) {
        String shell = shells.isEmpty() ? "" : shells.get(0);
        return switch (shell) {
            case "bash", "zsh" -> BashCompletion.script(pages.get());
            case "fish" -> FishCompletion.script(pages.get());
            default ->
                throw new UsageException(List.of("completion: the shell is "
                        + (shell.isEmpty() ? "missing" : "unknown: " + shell) + "; give bash, zsh or fish"));
        };
    }
}
