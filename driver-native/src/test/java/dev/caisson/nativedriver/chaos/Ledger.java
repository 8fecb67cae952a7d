// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.chaos;

import dev.caisson.driver.ContainerId;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** What a victim says of itself on disk before it dies: which containers it started, what it read of them, which it cleaned. */
record Ledger(Path directory) {
    void started(ContainerId id) {
        mark(id, "started");
    }

    /** Said before clean is called: from then on nobody promises to find the container. */
    void finished(ContainerId id) {
        mark(id, "finished");
    }

    OutputStream output(ContainerId id) throws IOException {
        return Files.newOutputStream(file(id, "output"), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    byte[] read(ContainerId id) throws IOException {
        Path file = file(id, "output");
        return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    }

    boolean isFinished(ContainerId id) {
        return Files.exists(file(id, "finished"));
    }

    List<ContainerId> allStarted() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".started"))
                    .map(name -> ContainerId.of(name.substring(0, name.length() - ".started".length())))
                    .toList();
        }
    }

    private void mark(ContainerId id, String what) {
        try {
            Files.write(file(id, what), new byte[0]);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path file(ContainerId id, String what) {
        return directory.resolve(id + "." + what);
    }
}
