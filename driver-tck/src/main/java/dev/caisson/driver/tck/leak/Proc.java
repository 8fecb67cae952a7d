// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.leak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads of /proc, where everything may vanish between two looks: what is gone is empty. */
final class Proc {
    private static final Path ROOT = Path.of("/proc");

    private Proc() {}

    static List<Long> pids() {
        List<Long> pids = new ArrayList<>();
        for (Path entry : entries(ROOT)) {
            String name = entry.getFileName().toString();
            if (name.chars().allMatch(Character::isDigit)) {
                pids.add(Long.valueOf(name));
            }
        }
        return pids;
    }

    static Path of(long pid, String file) {
        return ROOT.resolve(Long.toString(pid)).resolve(file);
    }

    /** Returns a file's bytes as text of single bytes, which keeps what isn't UTF-8 apart. */
    static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    static Optional<String> link(Path link) {
        try {
            return Optional.of(Files.readSymbolicLink(link).toString());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    static List<Path> entries(Path directory) {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        } catch (IOException | java.nio.file.DirectoryIteratorException gone) {
            return entries;
        }
        return entries;
    }

    /** Returns the fields of {@code /proc/PID/stat} from the third on (the second may hold spaces), proc(5). */
    static Optional<String[]> stat(long pid) {
        String stat = read(of(pid, "stat"));
        int end = stat.lastIndexOf(')');
        return end < 0 ? Optional.empty() : Optional.of(stat.substring(end + 2).split(" "));
    }
}
