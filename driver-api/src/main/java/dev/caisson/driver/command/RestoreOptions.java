// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a container is restored, criu(8).
 *
 * @param imageDirectory where its state was written
 * @param workDirectory where logs go; default the image directory
 * @param tcpEstablished with open TCP connections
 * @param externalUnixSockets with unix sockets whose peer is outside
 * @param shellJob with a terminal of outside
 * @param fileLocks with file locks
 * @param lazyPages memory is fetched when needed
 * @param cgroupsMode soft, full, strict or ignore
 */
public record RestoreOptions(
        Path imageDirectory,
        Optional<Path> workDirectory,
        boolean tcpEstablished,
        boolean externalUnixSockets,
        boolean shellJob,
        boolean fileLocks,
        boolean lazyPages,
        Optional<String> cgroupsMode) {
    public RestoreOptions {
        requireNonNull(imageDirectory, "imageDirectory is null");
        requireNonNull(workDirectory, "workDirectory is null");
        requireNonNull(cgroupsMode, "cgroupsMode is null");
    }

    /** Returns a plain restore from a directory. */
    public static RestoreOptions from(Path imageDirectory) {
        return new RestoreOptions(
                imageDirectory, Optional.empty(), false, false, false, false, false, Optional.empty());
    }
}
