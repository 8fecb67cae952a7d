// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.Rlimit;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Reads --ulimit: {@code name=soft[:hard]}, -1 or unlimited for no limit. */
public final class UlimitSyntax {
    private UlimitSyntax() {}

    /**
     * Returns the limit.
     *
     * @throws BadValueException if it is none
     */
    public static Rlimit read(String text) {
        KeyValue given = KeyValue.required(text);
        String[] limits = given.value().split(":", -1);
        if (limits.length > 2) {
            throw new BadValueException("has more than two limits", "give name=soft[:hard]");
        }
        long soft = limit(limits[0]);
        return new Rlimit(type(given.key()), soft, limits.length == 2 ? limit(limits[1]) : soft);
    }

    private static Rlimit.Type type(String name) {
        return Arrays.stream(Rlimit.Type.values())
                .filter(type -> word(type).equals(name))
                .findFirst()
                .orElseThrow(() -> new BadValueException(
                        "has the unknown name \"" + name + "\"",
                        "give one of "
                                + Arrays.stream(Rlimit.Type.values())
                                        .map(UlimitSyntax::word)
                                        .collect(Collectors.joining(", "))));
    }

    private static String word(Rlimit.Type type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static long limit(String text) {
        return text.equals("unlimited") ? -1 : Numbers.whole(text, -1, Long.MAX_VALUE);
    }
}
