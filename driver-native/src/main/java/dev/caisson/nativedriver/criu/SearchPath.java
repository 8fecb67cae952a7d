// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds programs of the host as this process would. */
final class SearchPath {
    private static final String USUAL = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private SearchPath() {}

    /** The variable PATH of this process. */
    static String value() {
        return Optional.ofNullable(System.getenv("PATH"))
                .filter(path -> !path.isEmpty())
                .orElse(USUAL);
    }

    static Optional<Path> find(String program) {
        for (String directory : value().split(File.pathSeparator)) {
            Path candidate = Path.of(directory, program);
            if (candidate.isAbsolute() && Files.isRegularFile(candidate) && Files.isExecutable(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
