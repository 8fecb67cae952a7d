// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The smallest root filesystem: a static busybox and the directories that mounts need. */
final class Busybox {
    private Busybox() {}

    static Path rootfs(Path scratch, Path busybox) throws IOException {
        Path rootfs = scratch.resolve("rootfs");
        for (String directory : List.of("bin", "proc", "sys", "dev", "etc", "tmp")) {
            Files.createDirectories(rootfs.resolve(directory));
        }
        Files.copy(busybox, rootfs.resolve("bin/busybox"));
        for (String applet : List.of("sh", "true", "sleep", "cat", "dd", "echo")) {
            Files.createSymbolicLink(rootfs.resolve("bin").resolve(applet), Path.of("busybox"));
        }
        return rootfs;
    }
}
