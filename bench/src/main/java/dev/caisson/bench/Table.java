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
                "%-52s %10s %10s %8s  %s%n",
                rounds + " rounds each",
                "median ms",
                "p99 ms",
                "x floor",
                "version");
    }

    void add(Subject subject) throws Exception {
        try {
            Sample sample = subject.time(rounds, Math.max(20, rounds / 5));
            if (floorMillis == 0) {
                floorMillis = sample.medianMillis();
            }
            out.printf(
                    Locale.ROOT,
                    "%-52s %10.2f %10.2f %8.2f  %s%n",
                    subject.title(),
                    sample.medianMillis(),
                    sample.p99Millis(),
                    sample.medianMillis() / floorMillis,
                    subject.version());
        } catch (Unavailable lacking) {
            out.printf("%-52s not timed: %s%n", subject.title(), lacking.getMessage());
        }
    }

    void line(String title, double perSecond) {
        out.printf(
                Locale.ROOT,
                "%-52s %10.0f per second, %.2f x what one floor loop does%n",
                title,
                perSecond,
                perSecond * floorMillis / 1000);
    }
}
