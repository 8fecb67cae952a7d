// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What CRIU wrote to a log.
 *
 * @param file the log
 */
record CriuLog(Path file) {
    /** "(00.143432) Error (criu/util.c:657): exited, status=1", a pid before "Error" where a task of the container speaks. */
    private static final Pattern ERROR = Pattern.compile("^(?:\\([0-9.]+\\) +)?(?:[0-9]+: )?Error \\([^)]*\\): (.*)$");

    /** What says no more than that it failed, and what it says of what it can do without: CAP_SYS_RESOURCE, a tun device. */
    private static final Pattern EMPTY_WORDS =
            Pattern.compile(".* FAILED\\.|rlimit: Can't setup .*|.*exited, status=[0-9]+|tun: Unable to create tun.*");

    /** The first is the cause; a few more say what it led to, the rest is its clearing up. */
    private static final int MOST = 4;

    /** Its reasons, in the order of the log; none if there is no log. */
    List<String> reasons() {
        // It quotes names of the container's as they are, in whatever encoding.
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.map(ERROR::matcher)
                    .filter(Matcher::matches)
                    .map(matcher -> matcher.group(1).strip())
                    .filter(text -> !EMPTY_WORDS.matcher(text).matches())
                    .distinct()
                    .limit(MOST)
                    .toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
