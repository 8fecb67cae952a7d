// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directories of one dump or restore.
 *
 * @param images what is written or read
 * @param work where the log goes
 */
record ImageDirectories(Path images, Path work) {
    /**
     * Returns those of a dump, which are made if they are not there, for this user alone: they hold the memory of processes.
     *
     * @throws DriverException INVALID_ARGUMENT
     */
    static ImageDirectories made(String doing, Path images, Optional<Path> work) {
        make(doing, images);
        return used(doing, images, work);
    }

    /**
     * Returns those of a restore.
     *
     * @throws DriverException INVALID_ARGUMENT
     */
    static ImageDirectories used(String doing, Path images, Optional<Path> work) {
        if (!Files.isDirectory(images)) {
            throw refused(doing, images + " is no directory", null);
        }
        work.ifPresent(directory -> make(doing, directory));
        return new ImageDirectories(images.toAbsolutePath(), work.orElse(images).toAbsolutePath());
    }

    private static void make(String doing, Path directory) {
        if (Files.isDirectory(directory)) {
            return;
        }
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw refused(doing, "the directory " + directory + " can't be made: " + e, e);
        }
    }

    private static DriverException refused(String doing, String why, @Nullable Exception cause) {
        return new DriverException(
                StandardErrorCode.INVALID_ARGUMENT, doing, why, "give a directory of the host", cause);
    }

    CriuLog log(String name) {
        return new CriuLog(work.resolve(name));
    }
}
