// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Times subjects one after the other and prints a line for each, as ratios to the first. */
final class Table {
    private final int rounds;
    private final PrintStream out;
    private double floorMillis;

    Table(int rounds, PrintStream out) {
        this.rounds = rounds;
        this.out = out;
        out.printf(
                Locale.ROOT,
                "%-66s %10s %10s %8s  %s%n",
                rounds + " rounds each",
                "median ms",
                "p99 ms",
                "x floor",
                "version");
    }

    /** Times a subject and prints its line; returns its median in ms, 0 if it can't be timed here. */
    double add(Subject subject) throws Exception {
        try {
            Sample sample = subject.time(rounds, subject.warmUp());
            if (floorMillis == 0) {
                floorMillis = sample.medianMillis();
            }
            out.printf(
                    Locale.ROOT,
                    "%-66s %10.2f %10.2f %8.2f  %s%n",
                    subject.title() + (subject.warmUp() > 1000 ? ", after " + subject.warmUp() : ""),
                    sample.medianMillis(),
                    sample.p99Millis(),
                    sample.medianMillis() / floorMillis,
                    subject.version());
            return sample.medianMillis();
        } catch (Unavailable lacking) {
            out.printf("%-66s not timed: %s%n", subject.title(), lacking.getMessage());
            return 0;
        }
    }

    /** A line of other numbers. */
    void line(String title, String format, Object... numbers) {
        out.printf(Locale.ROOT, "%-66s %s%n", title, String.format(Locale.ROOT, format, numbers));
    }
}
