// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.drivers;

import dev.caisson.cli.CommandPage;
import dev.caisson.cli.ExitCodes;
import dev.caisson.cli.Subcommand;
import dev.caisson.cli.UsageException;
import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagParser;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagTable;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.Drivers;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** {@code caisson drivers}. */
public final class DriversCommand implements Subcommand {
    private static final Flag HELP = Flag.toggle("--help", "Show this help");
    private static final List<FlagSection> SECTIONS = List.of(FlagSection.of("Options", HELP));

    private final PrintStream out;

    public DriversCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public CommandPage page() {
        return new CommandPage(
                "drivers",
                "List the drivers, or tell all about one",
                "[OPTIONS] [NAME]",
                SECTIONS,
                List.of("caisson drivers", "caisson drivers native"),
                List.of());
    }

    @Override
    public Optional<Integer> execute(List<String> arguments) {
        FlagValues values = FlagParser.parse(new FlagTable(SECTIONS), arguments);
        if (values.on(HELP)) {
            return Optional.empty();
        }
        if (values.operands().size() > 1) {
            values.reject("NAME", "is given twice; give one");
        }
        if (!values.mistakes().isEmpty()) {
            throw new UsageException(values.mistakes());
        }
        if (values.operands().isEmpty()) {
            list();
        } else {
            new DriverDescription(Drivers.named(values.operands().get(0)))
                    .fully()
                    .forEach(out::println);
        }
        return Optional.of(ExitCodes.OK);
    }

    private void list() {
        List<DriverProvider> providers = Drivers.all();
        if (providers.isEmpty()) {
            out.println("there is no driver: put a driver's jar on the class path");
        }
        providers.forEach(provider -> new DriverDescription(provider).shortly().forEach(out::println));
    }
}
