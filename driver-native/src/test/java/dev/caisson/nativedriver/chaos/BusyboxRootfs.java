// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The root filesystem of the victims' containers. */
final class BusyboxRootfs {
    private BusyboxRootfs() {}

    static Path make(Path rootfs) throws IOException {
        for (String directory : List.of("bin", "proc", "sys", "dev", "etc", "tmp")) {
            Files.createDirectories(rootfs.resolve(directory));
        }
        Files.copy(Path.of("/bin/busybox"), rootfs.resolve("bin/busybox"));
        for (String applet : List.of("sh", "usleep", "printf")) {
            Files.createSymbolicLink(rootfs.resolve("bin").resolve(applet), Path.of("busybox"));
        }
        return rootfs;
    }
}
