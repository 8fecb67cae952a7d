// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.doctor;

import dev.caisson.cli.proc.KernelFile;
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
        return KernelFile.text(root.resolve(file));
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
