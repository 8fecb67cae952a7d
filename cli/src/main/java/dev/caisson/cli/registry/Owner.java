// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.registry;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ProcessIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Whose an entry of the registry is. Written to a file as one line: id, pid and start time of the command, and those of the
 * container's init once it has one.
 */
record Owner(ContainerId id, ProcessIdentity command, Optional<ProcessIdentity> init) {
    private static final int WORDS = 3;
    private static final int WORDS_WITH_INIT = 5;

    /** Returns what the file says; empty if there is none or it is damaged, which only a crash can have done. */
    static Optional<Owner> read(Path file) throws IOException {
        try {
            String[] words = Files.readString(file).strip().split(" ");
            if (words.length != WORDS && words.length != WORDS_WITH_INIT) {
                return Optional.empty();
            }
            Optional<ProcessIdentity> init =
                    words.length == WORDS ? Optional.empty() : Optional.of(identity(words, WORDS));
            return Optional.of(new Owner(ContainerId.of(words[0]), identity(words, 1), init));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    private static ProcessIdentity identity(String[] words, int first) {
        return new ProcessIdentity(Long.parseLong(words[first]), Long.parseLong(words[first + 1]));
    }

    /** Replaces the file at once, so that a reader sees the old line or the new one. */
    void write(Path file) throws IOException {
        String line = id + " " + command.pid() + " " + command.startTime()
                + init.map(process -> " " + process.pid() + " " + process.startTime())
                        .orElse("");
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, line + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
