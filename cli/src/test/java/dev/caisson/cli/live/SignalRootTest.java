// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalRootTest {
    @RegisterExtension
    private final Live live = new Live();

    private Process start(String... arguments) throws IOException {
        return live.process(live.caissonRun(arguments))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static void send(Process process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT", "HUP", "USR1", "USR2", "WINCH", "CONT", "ALRM"})
    void signalsReachTheCommand(String signal) throws IOException, InterruptedException {
        Process process = start(
                "--", "sh", "-c", "trap 'echo got; exit 3' " + signal + "; echo ready; while :; do sleep 0.02; done");
        try (BufferedReader output = process.inputReader()) {
            assertEquals("ready", output.readLine());
            send(process, signal);
            assertEquals("got", output.readLine());
        }
        assertEquals(3, process.waitFor());
    }

    /** From the first moment of the JVM to the running command: it always ends so, and nothing is left. */
    @Test
    void anInterruptAtAnyMomentEndsIt() throws IOException, InterruptedException {
        for (int delay = 0; delay < 900; delay += 30) {
            Process process = start("--", "sleep", "100");
            assertFalse(process.waitFor(delay, TimeUnit.MILLISECONDS));
            send(process, "INT");
            assertEquals(130, process.waitFor(), "after " + delay + " ms");
        }
    }

    @Test
    void theThirdRequestKills() throws IOException, InterruptedException {
        Process process =
                start("--", "sh", "-c", "trap 'echo deaf' INT TERM; echo ready; while :; do sleep 0.02; done");
        try (BufferedReader output = process.inputReader()) {
            assertEquals("ready", output.readLine());
            send(process, "INT");
            assertEquals("deaf", output.readLine());
            send(process, "TERM");
            assertEquals("deaf", output.readLine());
            send(process, "INT");
            assertEquals(137, process.waitFor());
        }
    }

    /** The kernel spares a process 1 that has no handler; a person before a terminal doesn't want that. */
    @ParameterizedTest
    @CsvSource({"INT,130", "TERM,143", "HUP,129", "USR1,138"})
    void aSignalThatWouldEndAnyProcessEndsTheCommand(String signal, int code) throws IOException, InterruptedException {
        Process process = start("--", "sh", "-c", "echo ready; exec sleep 100");
        try (BufferedReader output = process.inputReader()) {
            assertEquals("ready", output.readLine());
            send(process, signal);
            assertEquals(code, process.waitFor());
        }
    }

    @Test
    void theInitOfOursPassesSignalsOn() throws IOException, InterruptedException {
        Process process = start("--init", "--", "sh", "-c", "echo ready; exec sleep 100");
        try (BufferedReader output = process.inputReader()) {
            assertEquals("ready", output.readLine());
            send(process, "TERM");
            assertEquals(143, process.waitFor());
        }
    }

    @Test
    void aRequestToStopFollowsTheStopPlan() throws IOException, InterruptedException {
        Process process = start(
                "--stop-signal",
                "USR1",
                "--stop-timeout",
                "1",
                "--",
                "sh",
                "-c",
                "trap 'echo finishing' USR1; echo ready; while :; do sleep 0.02; done");
        try (BufferedReader output = process.inputReader()) {
            assertEquals("ready", output.readLine());
            send(process, "TERM");
            assertEquals("finishing", output.readLine());
            assertEquals(137, process.waitFor(), "killed when its grace was over");
        }
    }

    @Test
    void aReaderThatGoesAwayEndsTheWriter() throws IOException, InterruptedException {
        // As process 1 it would be spared and get EPIPE.
        Process process = start("--init", "--", "yes");
        process.getInputStream().read();
        process.getInputStream().close();
        assertEquals(141, process.waitFor(), "SIGPIPE");
    }
}
