// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.help;

import dev.caisson.cli.CommandPage;
import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Turns our tables into picocli's model. */
final class PicocliSpec {
    private PicocliSpec() {}

    static CommandSpec of(CommandPage page) {
        CommandSpec spec = CommandSpec.create().name("caisson " + page.name());
        spec.usageMessage()
                .width(width())
                .description(page.summary() + ".%n")
                .customSynopsis("caisson " + page.name() + " " + page.synopsis())
                .sortOptions(false)
                .footer(footer(page));
        page.sections().forEach(section -> spec.addArgGroup(group(section)));
        return spec;
    }

    private static int width() {
        try {
            return Math.max(60, Integer.parseInt(System.getenv().getOrDefault("COLUMNS", "100")));
        } catch (NumberFormatException notOne) {
            return 100;
        }
    }

    private static ArgGroupSpec group(FlagSection section) {
        ArgGroupSpec.Builder group =
                ArgGroupSpec.builder().exclusive(false).validate(false).heading("%n" + section.title() + ":%n");
        section.flags().forEach(flag -> group.addArg(option(flag)));
        return group.build();
    }

    private static OptionSpec option(Flag flag) {
        String[] names = flag.letter()
                .map(letter -> new String[] {"-" + letter, flag.name()})
                .orElseGet(() -> new String[] {flag.name()});
        OptionSpec.Builder option = OptionSpec.builder(names).description(plain(flag.help()) + ".");
        switch (flag.kind()) {
            case SWITCH -> option.type(boolean.class).arity("0");
            case VALUE -> option.type(String.class).paramLabel(flag.label()).completionCandidates(flag.choices());
            case LIST ->
                option.type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .paramLabel(flag.label())
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
