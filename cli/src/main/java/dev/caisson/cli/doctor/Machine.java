// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.doctor;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The files in which a kernel tells about itself.
 *
 * @param root where / is, for tests
 */
record Machine(Path root) {
    static Machine here() {
        return new Machine(Path.of("/"));
    }

    /** Returns a file's text without the white space around it; empty if it isn't there or can't be read. */
    Optional<String> text(String file) {
        // Not Files.readAllBytes: it reads one byte first, and a /proc/sys file gives nothing behind its start.
        try (InputStream input = new FileInputStream(root.resolve(file).toFile())) {
            return Optional.of(new String(input.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    List<String> lines(String file) {
        return text(file).map(text -> text.lines().toList()).orElse(List.of());
    }

    List<String> words(String file) {
        return text(file)
                .filter(text -> !text.isEmpty())
                .map(text -> Arrays.asList(text.split("\\s+")))
                .orElse(List.of());
    }

    boolean has(String file) {
        return Files.exists(root.resolve(file));
    }
}
