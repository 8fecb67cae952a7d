// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.help;

import dev.caisson.cli.CommandPage;
import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import java.io.File;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Turns our tables into picocli's model. */
final class PicocliSpec {
    private PicocliSpec() {}

    /** Returns the model for help. */
    static CommandSpec forHelp(CommandPage page) {
        return of(page, Flag::label, String.class);
    }

    /**
     * Returns the model for completion: labels, which picocli makes into names of variables, differ, and values that are files are
     * known as such.
     */
    static CommandSpec forCompletion(CommandPage page) {
        return of(page, flag -> flag.name().substring(2), File.class);
    }

    private static CommandSpec of(CommandPage page, Function<Flag, String> label, Class<?> fileType) {
        CommandSpec spec = CommandSpec.create().name("caisson " + page.name());
        spec.usageMessage()
                .width(width())
                .description(page.summary() + ".%n")
                .customSynopsis("caisson " + page.name() + " " + page.synopsis())
                .sortOptions(false)
                .footer(footer(page));
        page.sections().forEach(section -> spec.addArgGroup(group(section, label, fileType)));
        return spec;
    }

    private static int width() {
        try {
            return Math.max(60, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "100")));
        } catch (NumberFormatException notOne) {
            return 100;
        }
    }

    private static ArgGroupSpec group(FlagSection section, Function<Flag, String> label, Class<?> fileType) {
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder().exclusive(false).validate(false).heading("%n" + section.title() + ":%n");
        section.flags()
                .forEach(flag ->
                        group.addArg(option(flag, label.apply(flag), namesFile(flag) ? fileType : String.class)));
        return group.build();
    }

    private static boolean namesFile(Flag flag) {
        return flag.label().startsWith("DIR")
                || flag.label().startsWith("FILE")
                || flag.label().startsWith("HOST");
    }

    private static OptionSpec option(Flag flag, String label, Class<?> type) {
        String[] names = flag.letter()
                .map(letter -> new String[] {"-" + letter, flag.name()})
                .orElseGet(() -> new String[] {flag.name()});
        OptionSpec.Builder option = OptionSpec.builder(names).description(plain(flag.help()) + ".");
        switch (flag.kind()) {
            case SWITCH -> option.type(boolean.class).arity("0");
            case VALUE -> option.type(type).paramLabel(label).completionCandidates(flag.choices());
            case LIST ->
                option.type(List.class)
                        .auxiliaryTypes(type)
                        .arity("1")
                        .paramLabel(label)
                        .completionCandidates(flag.choices());
        }
        return option.build();
    }

    private static String[] footer(CommandPage page) {
        Stream<String> examples = page.examples().isEmpty()
                ? Stream.of()
                : Stream.concat(
                        Stream.of("%nExamples:"), page.examples().stream().map(line -> "  " + plain(line)));
        return Stream.concat(examples, page.notes().stream().map(note -> "%n" + plain(note)))
                .toArray(String[]::new);
    }

    /** picocli formats its texts. */
    private static String plain(String text) {
        return text.replace("%", "%%");
    }
}
