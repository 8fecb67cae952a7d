// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The small C programs beside this module: compiled when first needed, static so that they are cheap to start. */
final class CProgram {
    private CProgram() {}

    static Path compile(Path sources, Path into, String name) throws IOException, InterruptedException, Unavailable {
        Tool.find("gcc");
        Files.createDirectories(into);
        Path program = into.resolve(name);
        Tool.output(List.of(
                "gcc",
                "-O2",
                "-static",
                "-o",
                program.toString(),
                sources.resolve(name + ".c").toString()));
        return program;
    }

    /** Reads what such a program printed: nanoseconds, one round a line. */
    static Sample sample(String printed) {
        return Sample.of(printed.lines().mapToLong(Long::parseLong).toArray());
    }
}
