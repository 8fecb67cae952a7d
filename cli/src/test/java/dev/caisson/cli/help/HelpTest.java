// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.help;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.cli.Caisson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    private static String output(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream both = new PrintStream(out, true, StandardCharsets.UTF_8);
        assertEquals(0, new Caisson(Map.of(), both, both).execute(arguments), String.join(" ", arguments));
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theOverviewNamesEveryCommand() {
        String help = output("--help");
        for (String name : List.of("run", "drivers", "doctor", "completion", "version")) {
            assertTrue(help.contains("\n  " + name + " "), name);
        }
        assertEquals(help, output("help"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "drivers", "doctor", "completion", "version"})
    void everyCommandShowsExamples(String command) {
        String help = output(command, "--help");
        assertTrue(help.startsWith("Usage: caisson " + command + " [OPTIONS]"), help);
        assertTrue(help.contains("\nExamples:\n  "), help);
        assertTrue(help.contains("caisson " + command), help);
        assertEquals(help, output("help", command));
    }

    @Test
    void theReadmeShowsTheHelpOfRun() throws IOException {
        String readme = Files.readString(Path.of(System.getProperty("basedir", "."), "..", "README.md"));
        assertTrue(
                readme.contains("```text\n" + output("run", "--help") + "```"),
                "README.md is older than the help: put the output of ./caisson run --help in there");
    }

    /** Every option that docker run's users will type here. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--name",
                "--interactive",
                "--tty",
                "--env",
                "--env-file",
                "--workdir",
                "--user",
                "--volume",
                "--mount",
                "--tmpfs",
                "--read-only",
                "--network",
                "--hostname",
                "--domainname",
                "--memory",
                "--memory-swap",
                "--memory-reservation",
                "--memory-swappiness",
                "--oom-kill-disable",
                "--kernel-memory",
                "--cpus",
                "--cpu-shares",
                "--cpu-period",
                "--cpu-quota",
                "--cpuset-cpus",
                "--cpuset-mems",
                "--pids-limit",
                "--blkio-weight",
                "--blkio-weight-device",
                "--device-read-bps",
                "--device-write-bps",
                "--device-read-iops",
                "--device-write-iops",
                "--device",
                "--device-cgroup-rule",
                "--cap-add",
                "--cap-drop",
                "--privileged",
                "--security-opt",
                "--ulimit",
                "--sysctl",
                "--group-add",
                "--userns",
                "--pid",
                "--ipc",
                "--uts",
                "--cgroupns",
                "--cgroup-parent",
                "--oom-score-adj",
                "--init",
                "--stop-signal",
                "--stop-timeout",
                "--shm-size",
                "--annotation",
                "--label",
                "--entrypoint",
                "--rm",
                "--rootfs",
                "--driver",
                "--driver-opt",
                "--timeout",
                "--stats"
            })
    void theHelpOfRunHas(String option) {
        assertTrue(output("run", "--help").contains(option), option);
    }

    @ParameterizedTest
    @CsvSource({
        "-i,--interactive",
        "-t,--tty",
        "-e,--env",
        "-w,--workdir",
        "-u,--user",
        "-v,--volume",
        "-h,--hostname",
        "-m,--memory",
        "-c,--cpu-shares",
        "-l,--label"
    })
    void shortFormsAreDockers(String letter, String name) {
        assertTrue(output("run", "--help").contains(letter + ", " + name), letter);
    }

    @Test
    void theVersionIsOneLine() {
        assertTrue(output("version").matches("caisson \\S+, on Java \\S+, Linux \\S+ \\S+\n"), output("version"));
        assertEquals(output("version"), output("--version"));
    }

    @ParameterizedTest
    @CsvSource({"bash,bash -n", "zsh,bash -n"})
    void completionScriptsAreScripts(String shell, String checker, @TempDir Path directory)
            throws IOException, InterruptedException {
        Path script = Files.writeString(directory.resolve("script"), output("completion", shell));
        Process check = new ProcessBuilder(List.of((checker + " " + script).split(" ")))
                .inheritIO()
                .start();
        assertEquals(0, check.waitFor());
    }

    @Test
    void bashCompletesOptionsAndTheirValues() throws IOException, InterruptedException {
        assertTrue(complete("caisson", "run", "--memory-sw").contains("--memory-swap"));
        assertTrue(complete("caisson", "do").contains("doctor"));
        assertTrue(complete("caisson", "run", "--network", "ho").contains("host"));
    }

    private static List<String> complete(String... words) throws IOException, InterruptedException {
        String script = output("completion", "bash") + "\nCOMP_WORDS=(" + String.join(" ", words) + ")\nCOMP_CWORD="
                + (words.length - 1) + "\n_complete_caisson\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n";
        Process bash = new ProcessBuilder("bash").redirectErrorStream(true).start();
        bash.getOutputStream().write(script.getBytes(StandardCharsets.UTF_8));
        bash.getOutputStream().close();
        String completed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        bash.waitFor();
        return completed.lines().map(String::strip).toList();
    }

    @Test
    void fishGetsALineForEachOption() {
        String script = output("completion", "fish");
        assertTrue(script.contains(
                "complete -c caisson -n '__fish_seen_subcommand_from run' -l memory -s m -r -F -d 'Most"));
        assertTrue(script.contains("-l network -x -a 'none host bridge' -d"));
        assertTrue(script.contains("-l cpus -r -F -d 'Most processors\\' time"), script);
    }
}
