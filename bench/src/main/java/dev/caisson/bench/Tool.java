// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of this machine that the benchmarks run. */
final class Tool {
    private Tool() {}

    static Path find(String name) throws Unavailable {
        Optional<Path> found = Stream.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin")
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
        return found.orElseThrow(() -> new Unavailable(name + " is not installed"));
    }

    /** Runs a program to its end and returns what it printed; anything but exit code 0 is an error. */
    static String output(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) {
            String last = printed.lines().reduce("", (before, line) -> line.isBlank() ? before : line);
            throw new IOException(String.join(" ", command) + " ended with " + code + ": " + last);
        }
        return printed;
    }

    static String firstLine(String... command) throws IOException, InterruptedException {
        return output(List.of(command)).lines().findFirst().orElse("");
    }
}
