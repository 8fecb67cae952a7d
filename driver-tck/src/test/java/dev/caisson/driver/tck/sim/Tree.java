// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Files of the host that a simulated container sees as one tree. Paths are relative; the empty one is the tree itself. */
sealed interface Tree {
    /** Returns where a file is that exists; its last link isn't followed. */
    Optional<Path> find(String path);

    /** Returns where a file is to be written, and has its directory there. */
    Path forWriting(String path);

    private static Optional<Path> in(Path directory, String path) {
        Path found = path.isEmpty() ? directory : directory.resolve(path);
        return Files.exists(found, LinkOption.NOFOLLOW_LINKS) ? Optional.of(found) : Optional.empty();
    }

    private static Path makeParent(Path file) {
        try {
            Files.createDirectories(file.getParent());
            return file;
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** A directory or file of the host as it is. */
    record Plain(Path host) implements Tree {
        @Override
        public Optional<Path> find(String path) {
            return in(host, path);
        }

        @Override
        public Path forWriting(String path) {
            return path.isEmpty() ? host : host.resolve(path);
        }
    }

    /** An empty directory, which is made when someone looks. */
    record Fresh(Path host) implements Tree {
        @Override
        public Optional<Path> find(String path) {
            return in(path.isEmpty() ? made() : host, path);
        }

        @Override
        public Path forWriting(String path) {
            return made().resolve(path);
        }

        private Path made() {
            try {
                return Files.createDirectories(host);
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }

    /** Layers, the top one first; changes go to the upper one. */
    record Layers(Path upper, List<Path> layers) implements Tree {
        @Override
        public Optional<Path> find(String path) {
            List<Path> all = new ArrayList<>(List.of(upper));
            all.addAll(layers);
            return all.stream().flatMap(layer -> in(layer, path).stream()).findFirst();
        }

        @Override
        public Path forWriting(String path) {
            return makeParent(upper.resolve(path));
        }
    }
}
