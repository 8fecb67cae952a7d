// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.options;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.resources.ByteSize;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Reads the text of one option as the type of its record component. */
final class OptionValue {
    private OptionValue() {}

    /**
     * Returns the value.
     *
     * @throws IllegalArgumentException saying what would be right
     */
    static Object read(Type type, String text) {
        if (type instanceof ParameterizedType generic) {
            return readGeneric(generic, text);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return readEnum(plain, text);
        }
        try {
            return readPlain(plain, text);
        } catch (NumberFormatException | DriverException unreadable) {
            throw new IllegalArgumentException("give " + describe(type), unreadable);
        }
    }

    private static Object readPlain(Class<?> type, String text) {
        return switch (type.getName()) {
            case "java.lang.String" -> text;
            case "boolean", "java.lang.Boolean" -> readBoolean(text);
            case "int", "java.lang.Integer" -> Integer.parseInt(text);
            case "long", "java.lang.Long" -> Long.parseLong(text);
            case "java.nio.file.Path" -> readPath(text);
            case "java.time.Duration" -> DurationText.parse(text);
            case "dev.caisson.driver.resources.ByteSize" -> ByteSize.parse(text);
            default -> throw unknownType(type);
        };
    }

    private static boolean readBoolean(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("give true or false");
        };
    }

    private static Path readPath(String text) {
        Path path = Path.of(text);
        if (!path.isAbsolute()) {
            throw new IllegalArgumentException("give an absolute path");
        }
        return path;
    }

    private static Object readEnum(Class<?> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> hyphened(constant).equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("give " + describe(type)));
    }

    private static Object readGeneric(ParameterizedType type, String text) {
        Type element = type.getActualTypeArguments()[0];
        if (type.getRawType() == Optional.class) {
            return Optional.of(read(element, text));
        }
        if (type.getRawType() == List.class) {
            return text.isEmpty()
                    ? List.of()
                    : Arrays.stream(text.split(","))
                            .map(part -> read(element, part))
                            .toList();
        }
        throw unknownType(type);
    }

    /** Returns what a value of that type looks like. */
    static String describe(Type type) {
        if (type instanceof ParameterizedType generic) {
            String element = describe(generic.getActualTypeArguments()[0]);
            return generic.getRawType() == List.class ? element + ", ..." : element;
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum()) {
            return Arrays.stream(plain.getEnumConstants())
                    .map(OptionValue::hyphened)
                    .collect(Collectors.joining("|"));
        }
        return switch (plain.getName()) {
            case "java.lang.String" -> "text";
            case "boolean", "java.lang.Boolean" -> "true|false";
            case "int", "java.lang.Integer", "long", "java.lang.Long" -> "a whole number";
            case "java.nio.file.Path" -> "an absolute path";
            case "java.time.Duration" -> "a time such as 500ms, 10s or 1m30s";
            case "dev.caisson.driver.resources.ByteSize" -> "a size such as 64m";
            default -> throw unknownType(type);
        };
    }

    /** Returns a value as it would be written. */
    static String write(Object value) {
        return switch (value) {
            case Optional<?> optional ->
                optional.<String>map(OptionValue::write).orElse("none");
            case List<?> list -> list.stream().map(OptionValue::write).collect(Collectors.joining(","));
            case Enum<?> constant -> hyphened(constant);
            case Duration time -> time.toMillis() % 1000 == 0 ? time.toSeconds() + "s" : time.toMillis() + "ms";
            case Object plain -> plain.toString();
        };
    }

    private static String hyphened(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A driver's options record with a component that no text can be read as is a fault of the driver. */
    private static IllegalStateException unknownType(Type type) {
        return new IllegalStateException(
                "a driver's option has the type " + type.getTypeName()
                        + "; use String, boolean, int, long, Path, Duration, ByteSize, an enum, or a List or Optional of these");
    }
}
