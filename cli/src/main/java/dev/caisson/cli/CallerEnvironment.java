// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

import java.util.HashMap;
import java.util.Map;

/**
 * The environment as the launcher script found it. The script starts the JVM in a UTF-8 locale, so that arguments arrive as
 * they were written, and says in {@code CAISSON_CALLER_LC_ALL} what {@code LC_ALL} was: {@code =value}, or nothing where it
 * was not set.
 */
final class CallerEnvironment {
    private static final String CALLER_LOCALE = "CAISSON_CALLER_LC_ALL";

    private CallerEnvironment() {}

    static Map<String, String> of(Map<String, String> environment) {
        Map<String, String> callers = new HashMap<>(environment);
        String locale = callers.remove(CALLER_LOCALE);
        if (locale == null) {
            return callers;
        }
        if (locale.isEmpty()) {
            callers.remove("LC_ALL");
        } else {
            callers.put("LC_ALL", locale.substring(1));
        }
        return callers;
    }
}
