// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.drivers;

import dev.caisson.cli.CommandPage;
import dev.caisson.cli.ExitCodes;
import dev.caisson.cli.PlainArguments;
import dev.caisson.cli.Subcommand;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.Drivers;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** {@code caisson drivers}. */
public final class DriversCommand implements Subcommand {
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
                PlainArguments.SECTIONS,
                List.of("caisson drivers", "caisson drivers native"),
                List.of());
    }

    @Override
    public Optional<Integer> execute(List<String> arguments) {
        Optional<List<String>> operands = PlainArguments.read(arguments, 1);
        if (operands.isEmpty()) {
            return Optional.empty();
        }
        if (operands.get().isEmpty()) {
            list();
        } else {
            new DriverDescription(Drivers.named(operands.get().get(0))).fully().forEach(out::println);
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
