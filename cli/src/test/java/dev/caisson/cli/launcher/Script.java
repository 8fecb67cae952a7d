// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Runs a program with exactly the environment given, and collects what it says through files. */
record Script(Path directory, Map<String, String> environment) {
    Outcome run(String... command) throws IOException, InterruptedException {
        return finish(start(command));
    }

    Running start(String... command) throws IOException {
        Path out = Files.createTempFile(directory, "stdout", null);
        Path err = Files.createTempFile(directory, "stderr", null);
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .directory(directory.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new Running(builder.start(), out, err);
    }

    static Outcome finish(Running running) throws IOException, InterruptedException {
        int code = running.process().waitFor();
        return new Outcome(code, Files.readString(running.out()), Files.readString(running.err()));
    }

    record Running(Process process, Path out, Path err) {}
}
