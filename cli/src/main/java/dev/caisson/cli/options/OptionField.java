// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.options;

import dev.caisson.driver.Option;
import java.lang.reflect.RecordComponent;
import java.util.Locale;

/**
 * One option of a driver, as users see it.
 *
 * @param name in lower case with hyphens: {@code stopTimeout} is {@code stop-timeout}
 * @param type what a value looks like, such as {@code duration}
 * @param help what it does
 * @param component where it is kept
 */
public record OptionField(String name, String type, String help, RecordComponent component) {
    static OptionField of(RecordComponent component) {
        Option option = component.getAnnotation(Option.class);
        return new OptionField(
                hyphened(component.getName()),
                OptionValue.describe(component.getGenericType()),
                option == null ? "" : option.value(),
                component);
    }

    private static String hyphened(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}
