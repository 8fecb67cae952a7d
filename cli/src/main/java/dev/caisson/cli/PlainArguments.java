// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagParser;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagTable;
import dev.caisson.cli.flags.FlagValues;
import java.util.List;
import java.util.Optional;

/** The arguments of commands that have no option but --help. */
public final class PlainArguments {
    private static final Flag HELP = Flag.toggle("--help", "Show this help");

    /** Those options, for the help. */
    public static final List<FlagSection> SECTIONS = List.of(FlagSection.of("Options", HELP));

    private PlainArguments() {}

    /**
     * Returns the operands, or empty if help was asked for.
     *
     * @param most how many there may be
     * @throws UsageException if there are more, or an option that is unknown
     */
    public static Optional<List<String>> read(List<String> arguments, int most) {
        FlagValues values = FlagParser.parse(new FlagTable(SECTIONS), arguments);
        if (values.on(HELP)) {
            return Optional.empty();
        }
        values.operands().stream()
                .skip(most)
                .forEach(operand -> values.reject(operand, "is one argument too many; leave it out"));
        if (!values.mistakes().isEmpty()) {
            throw new UsageException(values.mistakes());
        }
        return Optional.of(values.operands());
    }
}
