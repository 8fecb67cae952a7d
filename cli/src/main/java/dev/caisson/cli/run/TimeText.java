// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import java.time.Duration;
import java.util.Locale;

/** Writes times for people. */
final class TimeText {
    private TimeText() {}

    /** Returns a time with as many digits as say something: {@code 0.004 s}, {@code 2 min 5 s}. */
    static String of(Duration time) {
        if (time.toMinutes() > 0) {
            return time.toMinutes() + " min" + (time.toSecondsPart() > 0 ? " " + time.toSecondsPart() + " s" : "");
        }
        String seconds = String.format(Locale.ROOT, "%.3f", time.toMillis() / 1000.0);
        return (seconds.endsWith(".000") ? seconds.substring(0, seconds.length() - 4) : seconds) + " s";
    }
}
