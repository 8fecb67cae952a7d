// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.cli.fake.FakeDriver;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line down to a driver that only pretends. */
class CaissonTest {
    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int caisson(String... arguments) {
        return new Caisson(
                        Map.of("CAISSON_RUN_DIR", directory.toString()),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .execute(arguments);
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("run", "--driver", "fake"));
        all.addAll(List.of(arguments));
        return caisson(all.toArray(String[]::new));
    }

    private String said() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @AfterEach
    void nothingIsLeft() throws IOException {
        Path entries = directory.resolve("run");
        if (Files.exists(entries)) {
            try (Stream<Path> left = Files.list(entries)) {
                assertEquals(List.of(entries.resolve("lock")), left.toList());
            }
        }
        assertEquals("", out.toString(StandardCharsets.UTF_8), "what runs has standard output for itself");
    }

    @Test
    void theExitCodeIsTheProcesss() {
        assertEquals(0, run("exit", "0"));
        assertEquals(7, run("--", "exit", "7"));
        assertEquals(139, run("signal", "SEGV"));
        assertEquals("", said());
        assertEquals(List.of("signal", "SEGV"), FakeDriver.last.process().args());
    }

    @Test
    void aMemoryLimitThatStruckIsTold() {
        assertEquals(137, run("-m", "32m", "oom", "137"));
        assertEquals("caisson: killed: the memory limit of 32 MiB was reached\n", said());
    }

    @Test
    void whatItUsedIsToldAtTheEnd() {
        assertEquals(0, run("--stats", "exit", "0"));
        assertEquals("""
                caisson: ended       by itself with exit code 0
                caisson: wall time   1.234 s
                caisson: cpu         0.120 s user, 0.030 s system
                caisson: memory peak 20 MiB, largest process 3 MiB
                caisson: io          not counted here read, 4 KiB written
                """, said());
    }

    @Test
    void aFailedLaunchHasItsOwnCode() {
        assertEquals(127, run("missing"));
        assertEquals("caisson: start \"missing\": no such file; name another\n", said());
    }

    @Test
    void theTimeLimitStops() {
        assertEquals(124, run("--timeout", "20ms", "wait"));
        assertEquals("caisson: killed: the time limit of 0.020 s was reached\n", said());
    }

    @Test
    void theTimeLimitStopsGentlyIfAsked() {
        assertEquals(124, run("--timeout", "20ms", "--stop-signal", "USR1", "wait"));
    }

    @Test
    void mistakesAreLinesAndTheCodeIs125() {
        assertEquals(125, run("--memroy", "1g", "--timeout", "x", "true"));
        assertEquals("""
                caisson: --memroy: there is no such option; did you mean --memory?
                caisson: --timeout: read time "x": it is no length of time; give a number with ms, s, m or h behind it, such as 500ms, 10s or 1m30s
                """, said());
    }

    @Test
    void aTerminalNeedsATerminal() {
        assertEquals(125, run("-it", "exit", "0"));
        assertEquals("caisson: the input device is not a TTY; leave --tty out, or --interactive\n", said());
    }

    @Test
    void driversAreNamedAndConfigured() {
        assertEquals(125, caisson("run", "--driver", "none", "exit", "0"));
        assertTrue(
                said().startsWith("caisson: find driver \"none\": there is none of that name; choose one of "), said());
        err.reset();
        assertEquals(125, run("--driver-opt", "brokn=true", "--driver-opt", "stop-wait=x", "exit", "0"));
        assertEquals("""
                caisson: --driver-opt brokn: there is no such option; did you mean broken?
                caisson: --driver-opt stop-wait: "x" can't be read; give a time such as 500ms, 10s or 1m30s
                """, said());
        err.reset();
        assertEquals(125, run("--driver-opt", "broken=true", "exit", "0"));
        assertEquals("caisson: open driver fake: it was told to be broken; tell it otherwise\n", said());
    }

    @Test
    void aFaultIsToldAsOne() {
        assertEquals(125, run("fault"));
        assertEquals(
                "caisson: internal error: java.lang.IllegalStateException: told to fail; this is a fault of caisson: set"
                        + " CAISSON_DEBUG=1 to see where\n",
                said());
    }

    @Test
    void unknownCommandsGetASuggestion() {
        assertEquals(125, caisson("rum"));
        assertEquals(125, caisson());
        assertEquals(125, caisson("version", "x"));
        assertEquals(125, caisson("completion", "tcsh"));
        assertEquals("""
                caisson: there is no command "rum"; did you mean run?
                caisson: the command is missing; caisson --help lists them
                caisson: x: is one argument too many; leave it out
                caisson: completion: the shell is unknown: tcsh; give bash, zsh or fish
                """, said());
    }
}
