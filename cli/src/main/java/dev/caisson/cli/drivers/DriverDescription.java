// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.drivers;

import dev.caisson.cli.options.OptionField;
import dev.caisson.cli.options.OptionsBinder;
import dev.caisson.cli.registry.RunEntry;
import dev.caisson.cli.registry.RunRegistry;
import dev.caisson.driver.Availability;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverProvider;
import dev.caisson.driver.Feature;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is told of a driver.
 *
 * @param provider the driver
 */
record DriverDescription(DriverProvider provider) {
    /** Returns name, origin and whether it works here. */
    List<String> shortly() {
        List<String> lines = new ArrayList<>();
        lines.add(provider.name() + " " + provider.version() + ", by " + provider.vendor());
        lines.add("  " + provider.description());
        lines.add("  from " + location());
        lines.addAll(availability(provider.probe()));
        return lines;
    }

    private String location() {
        CodeSource source = provider.getClass().getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? "an unknown place"
                : Path.of(source.getLocation().getPath()).normalize().toString();
    }

    private static List<String> availability(Availability availability) {
        List<String> lines = new ArrayList<>();
        lines.add(availability.isAvailable() ? "  works here" : "  doesn't work here:");
        availability.obstacles().forEach(obstacle -> lines.add("    " + obstacle.what() + "; " + obstacle.remedy()));
        availability.notes().forEach(note -> lines.add("    note: " + note.what() + "; " + note.remedy()));
        return lines;
    }

    /** Returns the same, its options and its features. */
    List<String> fully() {
        List<String> lines = new ArrayList<>(shortly());
        lines.add("  options (--driver-opt NAME=VALUE):");
        List<OptionField> options = OptionsBinder.fields(provider.optionsType());
        if (options.isEmpty()) {
            lines.add("    none");
        }
        for (OptionField option : options) {
            lines.add("    " + option.name() + ": " + option.help() + " (" + option.type() + ", default "
                    + OptionsBinder.text(option, provider.defaultOptions()) + ")");
        }
        if (provider.probe().isAvailable()) {
            lines.addAll(features());
        }
        return lines;
    }

    /** Only an open driver knows what it can do on this machine. */
    private List<String> features() {
        ContainerId place =
                ContainerId.of("caisson-drivers-" + ProcessHandle.current().pid());
        try (RunEntry entry = new RunRegistry(DriverContext.runtimeDirectory()).enter(place);
                Driver driver = provider.open(
                        new DriverContext(entry.stateRoot(), DriverContext.Lifetime.TIED), provider.defaultOptions())) {
            Set<Feature> features = driver.features();
            return List.of(
                    "  does:       " + words(features, true),
                    "  doesn't do: " + words(features, false),
                    "  (tied to its engine, as caisson run has it; opened as LASTING a driver may also recover)");
        }
    }

    private static String words(Set<Feature> features, boolean present) {
        String words = Arrays.stream(Feature.values())
                .filter(feature -> features.contains(feature) == present)
                .map(feature -> feature.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? "-" : words;
    }
}
