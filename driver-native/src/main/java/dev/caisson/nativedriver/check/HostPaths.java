// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.nativedriver.kernel.FileStat;
import dev.caisson.nativedriver.kernel.FileType;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether what a Command names is there on the host. */
final class HostPaths {
    private final Kernel kernel;

    HostPaths(Kernel kernel) {
        this.kernel = kernel;
    }

    /** What is at a path; reports that there is nothing, or that it can't be reached. */
    Optional<FileStat> check(Findings findings, Path path, String remedy) {
        if (!path.isAbsolute()) {
            findings.mistake("\"" + path + "\" is not absolute", "give a path that starts with /");
            return Optional.empty();
        }
        try {
            return Optional.of(kernel.files().stat(path.toString()));
        } catch (KernelException refused) {
            findings.mistake("\"" + path + "\": " + refused.errno().text(), remedy);
            return Optional.empty();
        }
    }

    /** As {@link #check}, and it must be a directory. */
    Optional<FileStat> checkDirectory(Findings findings, Path path, String remedy) {
        Optional<FileStat> stat = check(findings, path, remedy);
        if (stat.filter(file -> file.type() != FileType.DIRECTORY).isPresent()) {
            findings.mistake("\"" + path + "\" is not a directory", remedy);
            return Optional.empty();
        }
        return stat;
    }
}
