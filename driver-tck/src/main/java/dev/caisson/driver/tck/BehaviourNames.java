// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGenerator;

/** Shows a behaviour as {@code streams: delivers last line without newline}. */
final class BehaviourNames extends DisplayNameGenerator.Standard {
    @Override
    public String generateDisplayNameForMethod(List<Class<?>> enclosing, Class<?> testClass, Method method) {
        return words(method.getDeclaringClass().getSimpleName().replace("Behaviours", "")) + ": "
                + words(method.getName());
    }

    private static String words(String camelCase) {
        return camelCase.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }
}
