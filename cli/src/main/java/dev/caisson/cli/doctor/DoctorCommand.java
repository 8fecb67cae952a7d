// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.doctor;

import dev.caisson.cli.CommandPage;
import dev.caisson.cli.ExitCodes;
import dev.caisson.cli.PlainArguments;
import dev.caisson.cli.Subcommand;
import dev.caisson.driver.Availability;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.Drivers;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code caisson doctor}. */
public final class DoctorCommand implements Subcommand {
    private static final List<Function<Machine, List<Finding>>> LOOKS = List.of(
            KernelFindings::of,
            RightsFindings::of,
            NamespaceFindings::of,
            CgroupFindings::of,
            FilesystemFindings::of,
            SecurityFindings::of);

    private final PrintStream out;

    public DoctorCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public CommandPage page() {
        return new CommandPage(
                "doctor",
                "Tell what this machine can and can't do, with the remedies",
                "[OPTIONS]",
                PlainArguments.SECTIONS,
                List.of("caisson doctor"),
                List.of("The exit code is 0 if a driver can run containers here, else 1."));
    }

    @Override
    public Optional<Integer> execute(List<String> arguments) {
        Optional<List<String>> operands = PlainArguments.read(arguments, 0);
        if (operands.isEmpty()) {
            return Optional.empty();
        }
        out.println("The machine");
        List<Finding> machine = LOOKS.stream()
                .flatMap(look -> look.apply(Machine.here()).stream())
                .toList();
        machine.forEach(finding -> out.println(finding.line()));
        out.println("The drivers");
        return Optional.of(tellDrivers(machine));
    }

    private int tellDrivers(List<Finding> machine) {
        List<Finding> findings = new ArrayList<>();
        List<String> working = new ArrayList<>();
        for (DriverProvider provider : Drivers.all()) {
            Availability availability = provider.probe();
            findings.addAll(DriverFindings.of(provider, availability));
            if (availability.isAvailable()) {
                working.add(provider.name());
            }
        }
        findings.forEach(finding -> out.println(finding.line()));
        long notes = Stream.concat(machine.stream(), findings.stream())
                .filter(finding -> finding.level() == Finding.Level.NOTE)
                .count();
        out.println(
                working.isEmpty()
                        ? "Containers can't run here: no driver works"
                        : "Containers can run here, by " + String.join(", ", working)
                                + (notes == 0 ? "" : "; notes above tell what is less than it could be: " + notes));
        return working.isEmpty() ? ExitCodes.UNHEALTHY : ExitCodes.OK;
    }
}
