// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.cli.live.Live.Outcome;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunRootTest {
    @RegisterExtension
    private final Live live = new Live();

    @Test
    void onlyTheCommandsOutputIsOnStandardOutput() throws InterruptedException {
        assertEquals(new Outcome(0, "hello\n", ""), live.run("--", "echo", "hello"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, exit 0",
        "7, exit 7",
        "143, 'kill -TERM $$; kill -KILL $$'",
        "137, sleep 100 & kill -KILL $!; wait $!",
    })
    void theExitCodeIsTheCommands(int code, String script) throws InterruptedException {
        // Process 1 is deaf to its own signals, so that the shell is not process 1 here.
        assertEquals(code, live.run("--init", "--", "sh", "-c", script).code());
    }

    @Test
    void commandsThatCantBeStartedHaveDockersCodes() throws InterruptedException {
        Outcome missing = live.run("--", "no-such-command");
        assertEquals(127, missing.code());
        assertTrue(missing.err().startsWith("caisson: "), missing.err());
        assertTrue(missing.err().contains("no-such-command"), missing.err());
        assertEquals(1, missing.err().lines().count(), missing.err());
        Outcome notExecutable = live.run("--", "/etc/passwd");
        assertEquals(126, notExecutable.code(), notExecutable.err());
        assertTrue(notExecutable.err().contains("/etc/passwd"), notExecutable.err());
    }

    @Test
    void theWorldIsIsolatedLimitedAndReadOnly() throws InterruptedException {
        Outcome outcome = live.run(
                "--memory",
                "64m",
                "--pids-limit",
                "20",
                "--cpus",
                "0.5",
                "--network",
                "none",
                "--read-only",
                "--stats",
                "--",
                "sh",
                "-c",
                "id -u; echo $$; grep CapEff /proc/self/status; grep Seccomp: /proc/self/status; ls /sys/class/net;"
                        + " touch /x 2>/dev/null || echo refused; hostname; cat /proc/self/limits >/dev/null");
        List<String> lines = outcome.out().lines().toList();
        assertEquals(
                List.of("0", "1", "CapEff:\t00000000a80425fb", "Seccomp:\t2", "lo", "refused"), lines.subList(0, 6));
        assertTrue(lines.get(6).matches("[0-9a-f]{12}"), lines.get(6));
        assertTrue(outcome.err().contains("caisson: memory peak "), outcome.err());
        assertTrue(outcome.err().contains(" of 64 MiB, "), outcome.err());
        assertTrue(outcome.err().contains("caisson: wall time "), outcome.err());
        assertEquals(0, outcome.code());
    }

    @Test
    void theMemoryLimitIsNamedWhenItKills() throws InterruptedException {
        Outcome outcome = live.run("--memory", "32m", "--", "sh", "-c", "x=$(head -c 200m /dev/zero | tr '\\0' a)");
        assertEquals(137, outcome.code(), outcome.err());
        assertEquals("caisson: killed: the memory limit of 32 MiB was reached\n", outcome.err());
    }

    @Test
    void aChildKilledAtTheLimitIsToldToo() throws InterruptedException {
        Outcome outcome = live.run(
                "--memory",
                "32m",
                "--",
                "sh",
                "-c",
                "sh -c 'x=$(head -c 200m /dev/zero | tr \"\\0\" a)' 2>/dev/null; exit 5");
        assertEquals(5, outcome.code(), outcome.err());
        assertEquals(
                "caisson: a process in the container was killed: the memory limit of 32 MiB was reached\n",
                outcome.err());
    }

    @Test
    void theTimeLimitEndsIt() throws InterruptedException {
        Outcome outcome = live.run("--timeout", "300ms", "--", "sleep", "100");
        assertEquals(124, outcome.code());
        assertEquals("caisson: killed: the time limit of 0.300 s was reached\n", outcome.err());
    }

    @Test
    void aStopSignalComesFirst() throws InterruptedException {
        Outcome outcome = live.run(
                "--timeout",
                "300ms",
                "--stop-signal",
                "USR2",
                "--",
                "sh",
                "-c",
                "trap 'echo stopping; exit 0' USR2; while :; do sleep 0.05; done");
        assertEquals(124, outcome.code(), outcome.err());
        assertEquals("stopping\n", outcome.out());
    }

    @Test
    void standardInputIsPassedOnOnlyIfAsked() throws IOException, InterruptedException {
        Process with = live.process(live.caissonRun("-i", "--", "cat"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = with.inputReader()) {
            with.outputWriter().append("line without end").close();
            assertEquals("line without end", output.readLine());
        }
        assertEquals(0, with.waitFor());
        Process without = live.process(live.caissonRun("--", "cat"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertEquals("", new String(without.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        assertEquals(0, without.waitFor());
    }

    @Test
    void filesAreMountedAndKeptApart() throws IOException, InterruptedException {
        Path shared = Files.createTempDirectory(live.token() + "-shared");
        try {
            Files.writeString(shared.resolve("in"), "from outside\n");
            Outcome outcome = live.run(
                    "-v",
                    shared + ":/data",
                    "-v",
                    shared + ":/fixed:ro",
                    "--tmpfs",
                    "/scratch:size=1m",
                    "-w",
                    "/made/here",
                    "--",
                    "sh",
                    "-c",
                    "pwd; cat /data/in; echo inside > /data/out; touch /fixed/x 2>/dev/null || echo refused;"
                            + " df -k /scratch | tail -1 | tr -s ' ' | cut -d' ' -f2; touch /gone");
            assertEquals("/made/here\nfrom outside\nrefused\n1024\n", outcome.out(), outcome.err());
            assertEquals("inside\n", Files.readString(shared.resolve("out")));
            assertFalse(Files.exists(Path.of("/gone")));
            assertFalse(Files.exists(Path.of("/made")));
        } finally {
            Files.deleteIfExists(shared.resolve("in"));
            Files.deleteIfExists(shared.resolve("out"));
            Files.delete(shared);
        }
    }

    /** One option each, seen from inside. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "--pid host#test $$ -gt 1 && echo seen#seen",
                "--ipc host#df /dev/shm >/dev/null && echo seen#seen",
                "--ipc none#mountpoint -q /dev/shm || echo seen#seen",
                "--shm-size 1m#df -k /dev/shm | tail -1 | tr -s ' ' | cut -d' ' -f2#1024",
                "--userns map:100000:65536#echo $(cat /proc/self/uid_map)#0 100000 65536",
                "--ulimit nofile=100:200#echo $(ulimit -n) $(ulimit -Hn)#100 200",
                "--device /dev/zero:/dev/zz:r#head -c2 /dev/zz | wc -c#2",
                "-u 1:2#echo $(id -u) $(id -g)#1 2",
                "--group-add 29#id -G#0 29",
                "--cap-drop ALL --cap-add NET_RAW#grep -o 0000000000002000 /proc/self/status | head -1#0000000000002000",
                "--privileged#echo $(grep Seccomp: /proc/self/status)#Seccomp: 0",
                "--security-opt seccomp=unconfined#echo $(grep Seccomp: /proc/self/status)#Seccomp: 0",
                "--security-opt no-new-privileges#echo $(grep NoNewPrivs /proc/self/status)#NoNewPrivs: 1",
                "--sysctl net.ipv4.ip_forward=1#cat /proc/sys/net/ipv4/ip_forward#1",
                "--cpuset-cpus 0#echo $(grep Cpus_allowed_list /proc/self/status)#Cpus_allowed_list: 0",
                "--oom-score-adj 500#cat /proc/self/oom_score_adj#500",
                "--init#test $$ -ne 1 && tr '\\0' ' ' </proc/1/cmdline | cut -c 1-21#caisson-init -- sh -c",
                "--mount type=bind,src=/etc,dst=/e,ro#test -e /e/passwd && ! touch /e/x 2>/dev/null && echo seen#seen",
                "--rootfs / --read-only#touch /tmp/x 2>/dev/null || echo seen#seen",
            })
    void anOptionIsSeenFromInside(String options, String script, String expected) throws InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(options.split(" ")));
        arguments.addAll(List.of("--", "sh", "-c", script));
        assertEquals(new Outcome(0, expected + "\n", ""), live.run(arguments.toArray(String[]::new)));
    }

    @Test
    void namesAreResolvedAsDockerHasIt() throws InterruptedException {
        Outcome outcome = live.run(
                "-h",
                "box",
                "--domainname",
                "lan",
                "--add-host",
                "db:10.0.0.9",
                "--dns",
                "9.9.9.9",
                "-e",
                "A=b",
                "--",
                "sh",
                "-c",
                "hostname; cat /etc/hostname; grep db /etc/hosts; cat /etc/resolv.conf; echo $A $HOSTNAME $PATH $HOME");
        assertEquals("""
                box
                box
                10.0.0.9\tdb
                nameserver 9.9.9.9
                b box /usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin /root
                """, outcome.out().replaceAll("(?m)^(search|options) .*\n", ""), outcome.err());
    }

    @Test
    void aNameIsTakenOnceAndLeadsToTheNamespaces() throws IOException, InterruptedException {
        Process holder = live.process(live.caissonRun(
                        "-i", "--name", live.token(), "-h", "holder", "--", "sh", "-c", "echo ready; cat"))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output = holder.inputReader()) {
            assertEquals("ready", output.readLine());
            Outcome second = live.run("--name", live.token(), "--", "true");
            assertEquals(125, second.code());
            assertEquals(
                    "caisson: run container \"" + live.token()
                            + "\": one of that name runs already, started by process " + holder.pid()
                            + "; choose another --name, or end that one\n",
                    second.err());
            Outcome joined = live.run(
                    "--network",
                    "container:" + live.token(),
                    "--ipc",
                    "container:" + live.token(),
                    "--pid",
                    "container:" + live.token(),
                    "--",
                    "sh",
                    "-c",
                    "cat /proc/1/comm; readlink /proc/1/ns/net /proc/self/ns/net | sort -u | wc -l");
            assertEquals("sh\n1\n", joined.out(), joined.err());
        } finally {
            holder.getOutputStream().close();
        }
        assertEquals(0, holder.waitFor());
        Outcome after = live.run("--network", "container:" + live.token(), "--", "true");
        assertEquals(
                "caisson: --network: container \"" + live.token()
                        + "\" is not running; start one with caisson run --name " + live.token() + "\n",
                after.err());
    }

    @Test
    void deadNamesAreFreeAgain() throws IOException, InterruptedException {
        Process killed = live.process(
                        live.caissonRun("-i", "--name", live.token(), "--", "sh", "-c", "echo ready; cat"))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = killed.inputReader()) {
            assertEquals("ready", output.readLine());
            killed.toHandle().destroyForcibly();
            assertEquals(137, killed.waitFor());
            assertEquals(null, output.readLine(), "the container is gone with its command");
        }
        assertEquals(new Outcome(0, "", ""), live.run("--name", live.token(), "--", "true"));
    }

    /** What is wrong is told in one line that names it, and nothing is left. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "125|--rootfs /proc/none true|caisson: --rootfs: \"/proc/none\" does not exist; give the directory of a root filesystem",
                "125|-v /proc/none:/x true|/proc/none",
                "125|-u nobody-knows true|nobody-knows",
                "125|--group-add nobody-knows true|nobody-knows",
                "125|--device /dev/no true|caisson: --device: \"/dev/no\" names /dev/no, which does not exist; give a device of the host",
                "125|--sysctl kernel.panic=1 true|kernel.panic",
                "125|--sysctl net.no.such=1 true|net.no.such",
                "125|--cap-add FLY true|FLY",
                "125|--stop-signal NO true|NO",
                "125|--cpuset-cpus 4000 true|4000",
                "125|--name ../x true|../x",
                "125|--network ns:/proc/none true|/proc/none",
                "125|--security-opt apparmor=no true|apparmor",
                "125|--network bridge:nosuch0 true|caisson: --network: \"bridge:nosuch0\" names nosuch0, but there is no such interface; make that bridge first, or give bridge alone",
                "125|-p 8080:80 true|caisson: --publish: is for a container on a bridge; give --network bridge as well",
                "125|--memory 4 true|the memory limit of 4 B is too small for the container to start",
                "125|--driver-opt cgroup-parnt=x true|cgroup-parent",
            })
    void badInputGetsOneClearError(int code, String arguments, String part) throws InterruptedException {
        Outcome outcome = live.run(arguments.split(" "));
        assertEquals(code, outcome.code(), outcome.err());
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(outcome.err().startsWith("caisson: "), outcome.err());
        assertTrue(outcome.err().contains(part), outcome.err());
        assertEquals("", outcome.out());
    }

    @Test
    void withoutRightsItSaysWhatIsLacking() throws InterruptedException {
        List<String> line = live.caissonRun("--", "true");
        line.addAll(0, List.of("setpriv", "--bounding-set", "-all", "--inh-caps", "-all"));
        Outcome outcome = live.outcome(live.process(line));
        assertEquals(125, outcome.code(), outcome.err());
        assertTrue(
                outcome.err().startsWith("caisson: run a container: driver native can't work here: "), outcome.err());
        assertTrue(outcome.err().contains("CAP_SYS_ADMIN"), outcome.err());
        assertTrue(outcome.err().contains("run as root"), outcome.err());
    }

    @Test
    void aFullDiskIsTold() throws IOException, InterruptedException {
        Path full = Files.createTempDirectory(live.token() + "-full");
        assertEquals(0, command("mount", "-t", "tmpfs", "-o", "nr_inodes=3", "none", full.toString()));
        try {
            ProcessBuilder run = live.process(live.caissonRun("--", "true"));
            run.environment().put("CAISSON_RUN_DIR", full.toString());
            Outcome outcome = live.outcome(run);
            assertEquals(125, outcome.code());
            assertTrue(
                    outcome.err().endsWith(": No space left on device; make room there, or set CAISSON_RUN_DIR\n"),
                    outcome.err());
        } finally {
            command("umount", full.toString());
            Files.delete(full);
        }
    }

    private static int command(String... line) throws IOException, InterruptedException {
        return new ProcessBuilder(line).inheritIO().start().waitFor();
    }

    @Test
    void whatIsTooLongForExecIsTold() throws IOException, InterruptedException {
        Path file = Files.createTempFile(live.token(), ".env");
        try {
            Files.writeString(file, "LONG=" + "x".repeat(200_000) + "\n");
            Outcome outcome = live.run("--env-file", file.toString(), "--", "true");
            assertEquals(
                    "caisson: --env LONG: is 200006 bytes long; the kernel takes at most 131072 in one string; pass the data by a"
                            + " file or standard input\n",
                    outcome.err());
            assertEquals(125, outcome.code());
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void theDoctorAndTheDriversAnswer() throws InterruptedException {
        Outcome doctor = live.outcome(live.process(live.caisson("doctor")));
        assertEquals(0, doctor.code(), doctor.out() + doctor.err());
        assertTrue(doctor.out().contains("Containers can run here, by native"), doctor.out());
        Outcome drivers = live.outcome(live.process(live.caisson("drivers", "native")));
        assertEquals(0, drivers.code(), drivers.err());
        assertTrue(drivers.out().contains("  works here\n"), drivers.out());
        assertTrue(drivers.out().contains(" cgroup-parent: "), drivers.out());
        assertTrue(drivers.out().contains(" exec "), drivers.out());
    }
}
