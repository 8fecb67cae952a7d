// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import dev.caisson.driver.tck.field.FieldCoverage;
import java.io.PrintStream;
import java.util.Set;

/** Prints every field of a Command with the behaviours that see its effect; ends with 1 if one has none. */
public final class FieldTable {
    private FieldTable() {}

    /** Prints the table to standard output. */
    public static void main(String[] arguments) {
        FieldCoverage coverage = FieldCoverage.ofKit();
        print(coverage, System.out);
        if (!coverage.unobserved().isEmpty()) {
            System.exit(1);
        }
    }

    /** Prints the table of a coverage. */
    static void print(FieldCoverage coverage, PrintStream out) {
        int width = coverage.behaviours().keySet().stream()
                .mapToInt(String::length)
                .max()
                .orElse(0);
        coverage.behaviours().forEach((path, behaviours) -> out.println(row(width, path, behaviours)));
        out.println();
        out.println(coverage.behaviours().size() + " fields, "
                + coverage.unobserved().size() + " unobserved");
    }

    private static String row(int width, String path, Set<String> behaviours) {
        String seen = behaviours.isEmpty() ? "-- nobody --" : String.join(", ", behaviours);
        return path + " ".repeat(width - path.length() + 2) + seen;
    }
}
