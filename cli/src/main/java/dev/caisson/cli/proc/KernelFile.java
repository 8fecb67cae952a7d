// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.proc;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads files of /proc and /sys. Not by java.nio.file.Files: that reads one byte of a file of size 0 to see whether there are
 * more, and a file of /proc/sys gives nothing behind its first read.
 */
public final class KernelFile {
    private KernelFile() {}

    /** Returns the text without the white space around it; empty if there is no such file or it can't be read. */
    public static Optional<String> text(Path file) {
        try (InputStream input = new FileInputStream(file.toFile())) {
            return Optional.of(new String(input.readAllBytes(), StandardCharsets.UTF_8).strip());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
