// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a container is checkpointed, criu(8).
 *
 * @param imageDirectory where its state is written
 * @param workDirectory where logs go; default the image directory
 * @param parentImage an earlier pre-dump, relative to the image directory
 * @param leaveRunning it goes on afterwards
 * @param preDump memory only; it goes on
 * @param tcpEstablished with open TCP connections
 * @param externalUnixSockets with unix sockets whose peer is outside
 * @param shellJob with a terminal of outside
 * @param fileLocks with file locks
 * @param lazyPages memory is served later
 * @param pageServer host:port that memory is sent to
 * @param cgroupsMode soft, full, strict or ignore
 * @param autoDedup drop what a parent image holds already
 */
public record CheckpointOptions(
        Path imageDirectory,
        Optional<Path> workDirectory,
        Optional<Path> parentImage,
        boolean leaveRunning,
        boolean preDump,
        boolean tcpEstablished,
        boolean externalUnixSockets,
        boolean shellJob,
        boolean fileLocks,
        boolean lazyPages,
        Optional<String> pageServer,
        Optional<String> cgroupsMode,
        boolean autoDedup) {
    public CheckpointOptions {
        requireNonNull(imageDirectory, "imageDirectory is null");
        requireNonNull(workDirectory, "workDirectory is null");
        requireNonNull(parentImage, "parentImage is null");
        requireNonNull(pageServer, "pageServer is null");
        requireNonNull(cgroupsMode, "cgroupsMode is null");
    }

    /** Returns a plain checkpoint into a directory. */
    public static CheckpointOptions into(Path imageDirectory, boolean leaveRunning) {
        return new CheckpointOptions(
                imageDirectory,
                Optional.empty(),
                Optional.empty(),
                leaveRunning,
                false,
                false,
                false,
                false,
                false,
                false,
                Optional.empty(),
                Optional.empty(),
                false);
    }
}
