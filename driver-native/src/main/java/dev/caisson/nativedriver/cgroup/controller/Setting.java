// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import java.util.List;
import java.util.function.Function;

/**
 * A value to be written to a control file.
 *
 * @param field path of what asked for it, such as {@code resources.memory.limit}
 * @param write what is written
 * @param undo makes of the files, as they are before, what has to be written to have them so again
 */
public record Setting(String field, Write write, Function<CgroupFiles, List<Write>> undo) {
    /**
     * A value for a file.
     *
     * @param file its name in the cgroup's directory
     */
    public record Write(String file, String value) {}

    /** A file that takes back what it says. */
    public static Setting of(String field, String file, String value) {
        return new Setting(
                field,
                new Write(file, value),
                files -> files.read(file).stream()
                        .map(former -> new Write(file, former.strip()))
                        .toList());
    }

    /** A file that takes back what it says. */
    public static Setting of(String field, String file, long value) {
        return of(field, file, Long.toString(value));
    }

    /**
     * A file with a line per key, such as a device, that takes one line at a time.
     *
     * @param key first word of the line
     * @param value rest of the line
     * @param none what takes the line away
     */
    public static Setting keyed(String field, String file, String key, String value, String none) {
        return new Setting(field, new Write(file, key + " " + value), files -> {
            String former = files.read(file)
                    .orElse("")
                    .lines()
                    .filter(line -> line.startsWith(key + " "))
                    .findFirst()
                    .orElse(key + " " + none);
            return List.of(new Write(file, former));
        });
    }
}
