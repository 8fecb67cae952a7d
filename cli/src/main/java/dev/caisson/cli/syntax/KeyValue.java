// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;

/** A {@code key=value}. */
public record KeyValue(String key, String value) {
    /**
     * Reads one that needs its value.
     *
     * @throws BadValueException if there is no = or nothing before it
     */
    public static KeyValue required(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new BadValueException("is not key=value", "give both, with = between");
        }
        return new KeyValue(text.substring(0, equals), text.substring(equals + 1));
    }

    /** Reads a label: without = its value is empty. */
    public static KeyValue optional(String text) {
        return text.indexOf('=') < 0 && !text.isEmpty() ? new KeyValue(text, "") : required(text);
    }
}
