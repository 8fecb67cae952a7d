// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.resources;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A number of bytes, or no limit.
 *
 * @param bytes 0 and above, or -1 for no limit
 */
public record ByteSize(long bytes) {
    /** No limit at all. */
    public static final ByteSize UNLIMITED = new ByteSize(-1);

    private static final List<String> UNITS = List.of("B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB");
    private static final int STEP = 1024;

    private static final Pattern SHAPE = Pattern.compile("([0-9]+)(?:\\.([0-9]{1,6}))?([bkmgtp]?)(?:i?b)?");

    /** @throws DriverException of kind USER for less than -1 */
    public ByteSize {
        if (bytes < -1) {
            throw unreadable(Long.toString(bytes));
        }
    }

    /** Returns that many bytes. */
    public static ByteSize of(long bytes) {
        return new ByteSize(bytes);
    }

    /** Returns that many times 1024 bytes. */
    public static ByteSize ofKib(long kib) {
        return new ByteSize(Math.multiplyExact(kib, 1024L));
    }

    /** Returns that many times 1024 * 1024 bytes. */
    public static ByteSize ofMib(long mib) {
        return new ByteSize(Math.multiplyExact(mib, 1024L * 1024));
    }

    /**
     * Reads a size as Docker does: a number, then b, k, m, g, t or p (powers of 1024), or -1 for no limit.
     *
     * @throws DriverException of kind USER if it is no size
     */
    public static ByteSize parse(String text) {
        requireNonNull(text, "text is null");
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.equals("-1")) {
            return UNLIMITED;
        }
        Matcher matcher = SHAPE.matcher(lower);
        if (!matcher.matches()) {
            throw unreadable(text);
        }
        int power = matcher.group(3).isEmpty() ? 0 : "bkmgtp".indexOf(matcher.group(3));
        java.math.BigDecimal number = new java.math.BigDecimal(
                matcher.group(2) == null ? matcher.group(1) : matcher.group(1) + "." + matcher.group(2));
        try {
            return new ByteSize(
                    number.multiply(java.math.BigDecimal.valueOf(1024).pow(power))
                            .toBigInteger()
                            .longValueExact());
        } catch (ArithmeticException tooLarge) {
            throw unreadable(text);
        }
    }

    private static DriverException unreadable(String text) {
        return new DriverException(
                StandardErrorCode.INVALID_ARGUMENT,
                "read size \"" + text + "\"",
                "it is not a number of bytes",
                "give a number with b, k, m, g, t or p behind it, such as 64m, or -1 for no limit");
    }

    /** Returns true if this is no limit. */
    public boolean isUnlimited() {
        return bytes == -1;
    }

    /**
     * Returns it for people, in the largest unit that leaves a number of 1 or more: {@code 32 MiB}, {@code 1.5 GiB},
     * {@code unlimited}.
     */
    public String inUnits() {
        if (isUnlimited()) {
            return "unlimited";
        }
        double amount = bytes;
        int unit = 0;
        while (amount >= STEP && unit < UNITS.size() - 1) {
            amount /= STEP;
            unit++;
        }
        String number = String.format(Locale.ROOT, "%.1f", amount);
        return (number.endsWith(".0") ? number.substring(0, number.length() - 2) : number) + " " + UNITS.get(unit);
    }

    @Override
    public String toString() {
        return isUnlimited() ? "unlimited" : Long.toString(bytes);
    }
}
