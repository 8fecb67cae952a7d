// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TerminalRootTest {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_Z = "\u001a";
    private static final String CTRL_BACKSLASH = "\u001c";

    @RegisterExtension
    private final Live live = new Live();

    private Process shell(Pty pty) throws IOException, InterruptedException {
        Process process = pty.start(
                live.process(live.caissonRun("-it", "-e", "PS1=ready> ", "--", "bash", "--norc", "--noediting")));
        pty.await("ready> ");
        return process;
    }

    @Test
    void bashHasJobControl() throws IOException, InterruptedException {
        try (Pty pty = new Pty(24, 80)) {
            String before = pty.settings();
            Process process = shell(pty);
            assertFalse(before.equals(pty.settings()), "our terminal is raw meanwhile");
            pty.type("tty; echo $TERM; echo $$\r");
            pty.await("/dev/pts/0\r\n");
            pty.await("xterm\r\n1\r\n");
            startJob(pty);
            pty.type(CTRL_Z);
            pty.await("Stopped");
            pty.type("fg\r");
            pty.await("continued\r\n");
            pty.type(CTRL_C);
            pty.await("interrupted\r\n");
            pty.type("echo code $?\r");
            pty.await("code 9\r\n");
            startJob(pty);
            pty.type(CTRL_Z);
            pty.await("Stopped");
            pty.type("bg\r");
            pty.await("continued\r\n");
            pty.type("jobs\r");
            pty.await("Running");
            pty.type("kill -KILL %1; wait; echo over\r");
            pty.await("over\r\n");
            startJob(pty);
            pty.type(CTRL_BACKSLASH);
            pty.await("Quit");
            pty.type("exit 5\r");
            assertEquals(5, process.waitFor());
            assertEquals(before, pty.settings(), "the terminal is set back");
        }
    }

    /**
     * Returns when a job has the foreground: keys that come earlier are for the shell. It tells of what happens to it, and forks
     * nothing: a shell that is stopped within vfork(2) is not seen to be.
     */
    private static void startJob(Pty pty) throws InterruptedException {
        pty.type(
                "sh -c 'trap \"echo cont\"inued CONT; trap \"echo inter\"rupted\\;exit\\ 9 INT; trap \"stty size\" WINCH;"
                        + " echo start\"\"ed; while :; do :; done'\r");
        pty.await("started\r\n");
    }

    @Test
    void theWindowsSizeIsTheContainers() throws IOException, InterruptedException {
        try (Pty pty = new Pty(31, 97)) {
            Process process = shell(pty);
            pty.type("stty size\r");
            pty.await("31 97");
            startJob(pty);
            pty.resize(40, 120);
            pty.await("40 120");
            pty.type(CTRL_C);
            pty.await("interrupted");
            pty.type("exit 0\r");
            assertEquals(0, process.waitFor());
        }
    }

    @Test
    void messagesLeaveTheScreenInOrder() throws IOException, InterruptedException {
        try (Pty pty = new Pty(24, 80)) {
            String before = pty.settings();
            Process process =
                    pty.start(live.process(live.caissonRun("-it", "--timeout", "300ms", "--", "sleep", "100")));
            pty.await("caisson: killed: the time limit of 0.300 s was reached\r\n");
            assertEquals(124, process.waitFor());
            assertEquals(before, pty.settings());
        }
    }

    @Test
    void aFailedLaunchSetsTheTerminalBack() throws IOException, InterruptedException {
        try (Pty pty = new Pty(24, 80)) {
            String before = pty.settings();
            Process process = pty.start(live.process(live.caissonRun("-it", "--", "no-such-command")));
            pty.await("no-such-command");
            assertEquals(127, process.waitFor());
            assertEquals(before, pty.settings());
        }
    }

    @Test
    void aSignalThatEndsItSetsTheTerminalBack() throws IOException, InterruptedException {
        try (Pty pty = new Pty(24, 80)) {
            String before = pty.settings();
            Process process = shell(pty);
            new ProcessBuilder("kill", "-HUP", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertEquals(129, process.waitFor());
            assertEquals(before, pty.settings());
        }
    }

    /** A shell is the leader of the session, so that the terminal outlives the command that is killed. */
    @Test
    void aKilledCommandLeavesTheTerminalSetBack() throws IOException, InterruptedException, ExecutionException {
        try (Pty pty = new Pty(24, 80)) {
            String before = pty.settings();
            String line = live.caissonRun("-it", "--", "sh", "-c", "echo up; cat").stream()
                    .map(word -> "'" + word + "'")
                    .collect(Collectors.joining(" "));
            Process leader = pty.start(live.process(List.of("sh", "-c", line + "; echo over; read end")));
            pty.await("up");
            ProcessHandle java = leader.children().findFirst().orElseThrow();
            ProcessHandle guard = java.children()
                    .filter(child -> child.info()
                            .arguments()
                            .map(List::of)
                            .orElse(List.of())
                            .contains("caisson-terminal"))
                    .findFirst()
                    .orElseThrow();
            assertFalse(before.equals(pty.settings()));
            java.destroyForcibly();
            guard.onExit().get();
            pty.await("over");
            assertEquals(before, pty.settings());
            pty.type("\r");
            leader.waitFor();
        }
        assertEquals(0, live.run("--", "true").code(), "takes the dead one's place and tidies it");
    }

    @Test
    void ctrlZStopsAContainerWithoutATerminal() throws IOException, InterruptedException {
        try (Pty pty = new Pty(24, 400)) {
            ProcessBuilder bash = live.process(List.of("bash", "--norc", "--noediting", "-i"));
            bash.environment().put("PS1", "outside> ");
            Process process = pty.start(bash);
            pty.await("outside> ");
            String line = live
                    .caissonRun(
                            "--name",
                            live.token(),
                            "--",
                            "sh",
                            "-c",
                            "echo up; while :; do echo tick; sleep 0.05; done")
                    .stream()
                    .map(word -> "'" + word + "'")
                    .collect(Collectors.joining(" "));
            pty.type(line + "\r");
            pty.await("\r\nup");
            pty.type(CTRL_Z);
            pty.await("Stopped");
            pty.await("outside> ");
            pty.type("cat $(find /sys/fs/cgroup -path '*" + live.token()
                    + "/*' '(' -name freezer.state -o -name cgroup.freeze ')')\r");
            String state = pty.await("outside> ");
            assertTrue(state.contains("FROZEN") || state.contains("\r\n1\r\n"), state);
            pty.type("fg\r");
            pty.await("sleep 0.05");
            pty.await("tick\r\n");
            pty.type(CTRL_C);
            pty.await("outside> ");
            pty.type("echo code $?\r");
            pty.await("code 130");
            pty.type("exit\r");
            process.waitFor();
        }
    }

    @Test
    void aTerminalWithoutInputIsShownAsItIs() throws InterruptedException {
        Live.Outcome outcome = live.run("-t", "--", "sh", "-c", "test -t 1 && echo terminal; stty size");
        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().startsWith("terminal\r\n"), outcome.out());
    }
}
