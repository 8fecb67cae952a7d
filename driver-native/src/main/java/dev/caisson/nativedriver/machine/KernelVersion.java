// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.machine;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The version of a kernel, as far as it says what the kernel can do. */
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {
    private static final Pattern SHAPE = Pattern.compile("([0-9]{1,6})\\.([0-9]{1,6}).*");

    /** Reads {@code 6.1} or {@code 6.1.0-9-amd64}. */
    public static KernelVersion parse(String text) {
        Matcher matcher = SHAPE.matcher(text);
        if (!matcher.matches()) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    "read kernel version \"" + text + "\"",
                    "it doesn't start with two numbers",
                    "give it as 6.1");
        }
        return new KernelVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /** Whether it is that version or a later one. */
    public boolean isAtLeast(KernelVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(KernelVersion other) {
        return Comparator.comparingInt(KernelVersion::major)
                .thenComparingInt(KernelVersion::minor)
                .compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
