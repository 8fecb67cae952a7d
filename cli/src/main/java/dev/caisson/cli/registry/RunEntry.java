// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.registry;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.StandardErrorCode;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A container's place in the registry; closing it gives the place back. */
public final class RunEntry implements AutoCloseable {
    private final Path directory;
    private final Path file;
    private final Owner owner;

    RunEntry(Path directory, Path file, Owner owner) {
        this.directory = directory;
        this.file = file;
        this.owner = owner;
    }

    /** Returns where its driver keeps its state. */
    public Path stateRoot() {
        return directory.resolve("driver");
    }

    /**
     * Notes its init, by which others can join it.
     *
     * @throws DriverException of kind MACHINE if that can't be written
     */
    public void started(ProcessIdentity init) {
        try {
            new Owner(owner.id(), owner.command(), Optional.of(init)).write(file);
        } catch (IOException failed) {
            throw failure("note the init of", failed);
        }
    }

    /** What a driver has left in its root is kept for the next driver there to clean; it is never removed from outside. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(stateRoot());
            Files.deleteIfExists(file);
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException left) {
            releaseFile();
        } catch (IOException failed) {
            throw failure("remove the entry of", failed);
        }
    }

    private void releaseFile() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw failure("remove the entry of", failed);
        }
    }

    private DriverException failure(String what, IOException cause) {
        return new DriverException(
                StandardErrorCode.NO_SPACE,
                what + " container \"" + owner.id() + "\" in " + directory,
                cause.toString(),
                "make it writable",
                cause);
    }
}
