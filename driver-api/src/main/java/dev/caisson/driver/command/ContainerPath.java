// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * An absolute path as the container sees it, without {@code .} and {@code ..}. Links in it are followed inside the
 * container's root filesystem only.
 *
 * @param value the text
 */
public record ContainerPath(String value) implements Comparable<ContainerPath> {
    /** The container's root. */
    public static final ContainerPath ROOT = new ContainerPath("/");

    /** @throws DriverException of kind USER if the text isn't absolute or holds a NUL */
    public ContainerPath {
        requireNonNull(value, "value is null");
        if (!value.startsWith("/") || value.indexOf('\0') >= 0) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    "read container path \"" + value + "\"",
                    value.startsWith("/") ? "it holds a NUL character" : "it is not absolute",
                    "give a path that starts with / and holds no NUL");
        }
        value = normalize(value);
    }

    private static String normalize(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            switch (part) {
                case "", "." -> {}
                case ".." -> parts.pollLast();
                default -> parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    /** Returns the path of that text. */
    public static ContainerPath of(String value) {
        return new ContainerPath(value);
    }

    /** Returns true if this is that path or lies below it. */
    public boolean startsWith(ContainerPath ancestor) {
        return ancestor.value.equals("/") || value.equals(ancestor.value) || value.startsWith(ancestor.value + "/");
    }

    @Override
    public int compareTo(ContainerPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
