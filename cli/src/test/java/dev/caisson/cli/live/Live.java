// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.live;

import dev.caisson.driver.tck.leak.LeakCheck;
import dev.caisson.driver.tck.leak.Marks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A place of its own for each test's containers, and the look at its end whether anything of them is left. */
final class Live implements BeforeEachCallback, AfterEachCallback {
    private String token = "";
    private Path directory = Path.of("/");
    private LeakCheck leaks = LeakCheck.begin(List.of(), new Marks());

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        token = "caisson-cli-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        directory = Files.createTempDirectory(token);
        leaks = LeakCheck.begin(new Marks().word(token).directory(directory));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        for (String file : List.of("run/lock", "run", "out", "err", "")) {
            Files.deleteIfExists(directory.resolve(file));
        }
        removeParents();
        leaks.verify();
    }

    /** The cgroup below which a driver makes those of containers stays; it can be removed only if nothing is left in it. */
    private void removeParents() throws IOException {
        try (Stream<Path> trees = Files.list(Path.of("/sys/fs/cgroup"))) {
            for (Path tree : trees.toList()) {
                Files.deleteIfExists(tree.resolve(token));
            }
        }
        Files.deleteIfExists(Path.of("/sys/fs/cgroup", token));
    }

    /** Returns a text that only things of this test hold. */
    String token() {
        return token;
    }

    /** Returns the directory of this test. */
    Path directory() {
        return directory;
    }

    /** Returns the command line of {@code caisson} with arguments. */
    List<String> caisson(String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.caisson.cli.Main"));
        line.addAll(Arrays.asList(arguments));
        return line;
    }

    /** Returns the command line of {@code caisson run} with arguments, in this test's own place. */
    List<String> caissonRun(String... arguments) {
        List<String> line = caisson("run", "--driver", "native", "--driver-opt", "cgroup-parent=/" + token);
        line.addAll(Arrays.asList(arguments));
        return line;
    }

    /** Returns that command line as a process that isn't started yet. */
    ProcessBuilder process(List<String> line) {
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("CAISSON_RUN_DIR", directory.toString());
        return builder;
    }

    /** Runs {@code caisson run} to its end, without input. */
    Outcome run(String... arguments) throws InterruptedException {
        return outcome(process(caissonRun(arguments)));
    }

    /** Runs a process to its end, without input. */
    Outcome outcome(ProcessBuilder builder) throws InterruptedException {
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        try {
            int code = builder.redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start()
                    .waitFor();
            return new Outcome(code, Files.readString(out), Files.readString(err));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * What came of a run.
     *
     * @param code the exit code
     * @param out its standard output
     * @param err its standard error
     */
    record Outcome(int code, String out, String err) {}
}
