// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Writes amounts for people. */
final class Amounts {
    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
    private static final int STEP = 1024;

    private Amounts() {}

    /** Returns bytes in the largest unit that leaves a number of 1 or more: {@code 32 MiB}, {@code 1.5 GiB}. */
    static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= STEP && unit < UNITS.size() - 1) {
            amount /= STEP;
            unit++;
        }
        String number = String.format(Locale.ROOT, "%.1f", amount);
        return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + " " + UNITS.get(unit);
    }

    /** Returns a time with as many digits as say something: {@code 0.004 s}, {@code 2 min 5 s}. */
    static String time(Duration time) {
        if (time.toMinutes() > 0) {
            return time.toMinutes() + " min" + (time.toSecondsPart() > 0 ? " " + time.toSecondsPart() + " s" : "");
        }
        String seconds = String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
        return (seconds.endsWith(".000") ? seconds.substring(0, seconds.length() - 4) : seconds) + " s";
    }
}
