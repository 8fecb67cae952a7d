// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * The name of a container: it becomes a cgroup's and a file's name, so that it is letters, digits and {@code _+.-},
 * starts with a letter, digit, {@code _}, {@code +} or {@code -}, and has at most 255 bytes (NAME_MAX).
 *
 * @param value the text
 */
public record ContainerId(String value) implements Comparable<ContainerId> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9_+-][A-Za-z0-9_+.-]{0,254}");

    /** @throws DriverException of kind USER if the text is no such name */
    public ContainerId {
        requireNonNull(value, "value is null");
        if (!SHAPE.matcher(value).matches() || value.contains("..")) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    "read container id \"" + value + "\"",
                    "it is not a valid name",
                    "use 1 to 255 of [A-Za-z0-9_+.-], not starting with a dot and without \"..\"");
        }
    }

    /** Returns the id of that text. */
    public static ContainerId of(String value) {
        return new ContainerId(value);
    }

    @Override
    public int compareTo(ContainerId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
