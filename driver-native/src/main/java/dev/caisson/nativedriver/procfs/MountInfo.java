// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import java.util.List;

/**
 * A line of {@code /proc/pid/mountinfo} (proc_pid_mountinfo(5)).
 *
 * @param id of the mount
 * @param parent id of the mount it is on
 * @param device {@code major:minor} of the file system
 * @param root the directory of the file system that is mounted
 * @param mountPoint where, as seen from the root of the process
 * @param options of the mount, such as {@code ro}
 * @param propagation optional fields, such as {@code shared:5}; empty for a private mount
 * @param type of the file system
 * @param source what was mounted
 * @param superOptions of the file system
 */
public record MountInfo(
        int id,
        int parent,
        String device,
        String root,
        String mountPoint,
        List<String> options,
        List<String> propagation,
        String type,
        String source,
        List<String> superOptions) {
    private static final String FORMAT = "/proc/pid/mountinfo";

    /** Fields before the optional ones, and after the separator. */
    private static final int FIXED = 6;

    private static final int AFTER_SEPARATOR = 3;

    public MountInfo {
        options = List.copyOf(options);
        propagation = List.copyOf(propagation);
        superOptions = List.copyOf(superOptions);
    }

    /** All mounts in the order of the file: a later one may hide an earlier one. */
    public static List<MountInfo> parse(String content) {
        return content.lines().map(MountInfo::parseLine).toList();
    }

    private static MountInfo parseLine(String line) {
        List<String> fields = List.of(line.split(" "));
        int separator = fields.indexOf("-");
        // An empty super option leaves nothing behind the last space.
        if (separator < FIXED || fields.size() < separator + AFTER_SEPARATOR) {
            throw new MalformedFileException(FORMAT, line);
        }
        String superOptions =
                fields.size() > separator + AFTER_SEPARATOR ? fields.get(separator + AFTER_SEPARATOR) : "";
        return new MountInfo(
                (int) Numbers.parse(FORMAT, line, fields.get(0)),
                (int) Numbers.parse(FORMAT, line, fields.get(1)),
                fields.get(2),
                unescape(fields.get(3)),
                unescape(fields.get(4)),
                List.of(fields.get(5).split(",")),
                fields.subList(FIXED, separator),
                fields.get(separator + 1),
                unescape(fields.get(separator + 2)),
                List.of(superOptions.split(",")));
    }

    /** Space, tab, newline and backslash are written as a backslash and three octal digits. */
    private static String unescape(String field) {
        int backslash = field.indexOf('\\');
        if (backslash < 0) {
            return field;
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (backslash >= 0 && backslash + 4 <= field.length()) {
            text.append(field, at, backslash);
            text.append(octal(field, backslash + 1));
            at = backslash + 4;
            backslash = field.indexOf('\\', at);
        }
        return text.append(field.substring(at)).toString();
    }

    private static char octal(String field, int at) {
        try {
            return (char) Integer.parseInt(field, at, at + 3, 8);
        } catch (NumberFormatException e) {
            throw new MalformedFileException(FORMAT, field, e);
        }
    }
}
