// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The enums and numbers of a C header in native/include, read as text. */
final class HeaderEnums {
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/", Pattern.DOTALL);
    private static final Pattern CONSTANT = Pattern.compile("(\\w+)\\s*=\\s*([^,}]+)");

    private final String source;

    private HeaderEnums(String source) {
        this.source = source;
    }

    static HeaderEnums of(String header) {
        try {
            String text = Files.readString(Path.of("..", "native", "include", header));
            return new HeaderEnums(COMMENT.matcher(text).replaceAll(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The constants of an enum, without their common prefix. */
    Map<String, Long> constants(String name, String prefix) {
        Matcher body = Pattern.compile("enum\\s+" + name + "\\s*\\{([^}]*)\\}").matcher(source);
        if (!body.find()) {
            throw new AssertionError("there is no enum " + name);
        }
        Map<String, Long> constants = new LinkedHashMap<>();
        Matcher constant = CONSTANT.matcher(body.group(1));
        while (constant.find()) {
            if (!constant.group(1).startsWith(prefix)) {
                throw new AssertionError(constant.group(1) + " of enum " + name + " doesn't begin with " + prefix);
            }
            constants.put(constant.group(1).substring(prefix.length()), number(constant.group(2)));
        }
        return constants;
    }

    /** The number that a #define stands for. */
    long define(String name) {
        Matcher define = Pattern.compile("#define\\s+" + name + "\\s+(\\S.*)").matcher(source);
        if (!define.find()) {
            throw new AssertionError("there is no #define " + name);
        }
        return number(define.group(1));
    }

    private static long number(String expression) {
        String text = expression.strip().replaceAll("[()]", "").replaceAll("(?i)\\b(0x[0-9a-f]+|[0-9]+)u\\b", "$1");
        String[] shift = text.split("<<");
        return shift.length == 2 ? Long.decode(shift[0].strip()) << Long.decode(shift[1].strip()) : Long.decode(text);
    }
}
