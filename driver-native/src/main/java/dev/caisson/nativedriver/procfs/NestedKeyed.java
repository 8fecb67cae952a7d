// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files of lines {@code name key=value key=value}: io.stat, io.max, rdma.max, and pressure files
 * (Documentation/admin-guide/cgroup-v2.rst, "nested keyed").
 */
public final class NestedKeyed {
    private NestedKeyed() {}

    /** The values of each line by its first word, in the order of the file. */
    public static Map<String, Map<String, String>> parse(String content) {
        Map<String, Map<String, String>> lines = new LinkedHashMap<>();
        content.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] words = line.strip().split(" +");
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 1; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                if (equals <= 0) {
                    throw new MalformedFileException("nested list of values", line);
                }
                values.put(words[i].substring(0, equals), words[i].substring(equals + 1));
            }
            lines.put(words[0], values);
        });
        return lines;
    }
}
