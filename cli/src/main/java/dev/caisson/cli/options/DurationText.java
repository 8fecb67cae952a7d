// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.options;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times as Docker's options have them: {@code 300ms}, {@code 1.5s}, {@code 1m30s}, {@code 2h}. */
public final class DurationText {
    private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|ms|s|m|h)");

    private DurationText() {}

    /**
     * Returns the time; a bare number is seconds.
     *
     * @throws DriverException of kind USER if it is none
     */
    public static Duration parse(String text) {
        String parts = text.matches("[0-9]+(\\.[0-9]+)?") ? text + "s" : text;
        Matcher matcher = PART.matcher(parts);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            nanos = nanos.add(new BigDecimal(matcher.group(1)).multiply(nanosOf(matcher.group(2))));
            end = matcher.end();
        }
        if (end == 0 || end != parts.length()) {
            throw unreadable(text);
        }
        try {
            return Duration.ofNanos(nanos.toBigInteger().longValueExact());
        } catch (ArithmeticException tooLong) {
            throw unreadable(text);
        }
    }

    private static BigDecimal nanosOf(String unit) {
        return BigDecimal.valueOf(
                switch (unit) {
                    case "ns" -> 1L;
                    case "us" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    default -> 3_600_000_000_000L;
                });
    }

    private static DriverException unreadable(String text) {
        return new DriverException(
                StandardErrorCode.INVALID_ARGUMENT,
                "read time \"" + text + "\"",
                "it is no length of time",
                "give a number with ms, s, m or h behind it, such as 500ms, 10s or 1m30s");
    }
}
