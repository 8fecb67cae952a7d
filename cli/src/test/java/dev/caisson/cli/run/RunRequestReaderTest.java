// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.cli.UsageException;
import dev.caisson.cli.bridge.FakeHostNetwork;
import dev.caisson.cli.proc.KernelFile;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.Signal;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Defaults;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Rlimit;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.User;
import dev.caisson.driver.pipes.ConsoleSize;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.DeviceRule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunRequestReaderTest {
    @TempDir
    private Path machine;

    private RunRequestReader reader;

    @BeforeEach
    void makeReader() {
        reader = new RunRequestReader(
                Map.of("TOKEN", "secret"),
                () -> Optional.of(new ConsoleSize(24, 80)),
                new SwapAccounting(machine),
                new Joined(
                        id -> id.value().equals("other") ? Optional.of(new ProcessIdentity(77, 1)) : Optional.empty()),
                new FakeHostNetwork());
    }

    private RunRequest read(String... options) {
        List<String> arguments = new ArrayList<>(Arrays.asList(options));
        arguments.addAll(List.of("--", "prog", "-x"));
        return reader.read(arguments).orElseThrow();
    }

    private Command command(String... options) {
        return read(options).command();
    }

    private List<String> mistakes(String... options) {
        return assertThrows(UsageException.class, () -> read(options)).mistakes();
    }

    @Test
    void withoutOptionsItIsAsDockerMakesIt() {
        Command command = command();
        assertEquals(List.of("prog", "-x"), command.process().args());
        assertEquals(12, command.id().value().length());
        String hostname = command.id().value();
        assertEquals(Optional.of(hostname), command.hostname());
        assertEquals(
                List.of("PATH", "HOSTNAME"), List.copyOf(command.process().env().keySet()));
        assertEquals(hostname, command.process().env().get("HOSTNAME"));
        assertEquals(Rootfs.hostCopy(), command.rootfs());
        assertEquals(Optional.of(Capabilities.standard()), command.process().capabilities());
        assertEquals(Defaults.security(), command.security());
        assertEquals(Defaults.devices(), command.devices());
        assertEquals(Defaults.deviceRules(), command.resources().devices());
        assertEquals(
                List.of("/etc/hostname", "/etc/hosts", "/etc/resolv.conf"),
                command.mounts().stream()
                        .filter(mount -> mount.kind() instanceof Mount.Content)
                        .map(mount -> mount.target().value())
                        .toList());
    }

    @Test
    void idsDiffer() {
        assertFalse(command().id().equals(command().id()));
    }

    @Test
    void theProcess() {
        Command command = command(
                "-w",
                "/job",
                "-u",
                "app:1000",
                "--group-add",
                "audio",
                "--init",
                "--ulimit",
                "nofile=5:6",
                "--oom-score-adj=-7",
                "--entrypoint",
                "/bin/entry");
        assertEquals(List.of("/bin/entry", "prog", "-x"), command.process().args());
        assertEquals(Optional.of(ContainerPath.of("/job")), command.process().cwd());
        assertEquals(Optional.of(User.parse("app:1000")), command.process().user());
        assertEquals(List.of("audio"), command.process().groups());
        assertTrue(command.process().initReaper());
        assertEquals(
                List.of(new Rlimit(Rlimit.Type.NOFILE, 5, 6)), command.process().rlimits());
        assertEquals(OptionalInt.of(-7), command.process().oomScoreAdj());
    }

    @Test
    void theTerminal() {
        RunRequest request = read("-it");
        assertTrue(request.interactive());
        assertTrue(request.terminal());
        assertTrue(request.command().process().terminal());
        assertEquals(
                Optional.of(new ConsoleSize(24, 80)),
                request.command().process().consoleSize());
        assertEquals("xterm", request.command().process().env().get("TERM"));
    }

    @Test
    void theEnvironment() throws IOException {
        Path file = Files.writeString(machine.resolve("env"), "A=file\nB=file\n");
        Map<String, String> env = command(
                        "-e", "A=1", "-e", "TOKEN", "-e", "ABSENT", "-e", "E=", "--env-file", file.toString())
                .process()
                .env();
        assertEquals("1", env.get("A"));
        assertEquals("file", env.get("B"));
        assertEquals("secret", env.get("TOKEN"));
        assertEquals("", env.get("E"));
        assertFalse(env.containsKey("ABSENT"));
    }

    @Test
    void namesAndNotes() {
        Command command = command("--name", "web", "-l", "a=b", "--label=c", "--annotation", "d=e");
        assertEquals(ContainerId.of("web"), command.id());
        assertEquals(Map.of("a", "b", "c", "", "d", "e"), command.annotations());
        assertEquals(12, command.hostname().orElseThrow().length());
    }

    @Test
    void theFiles() {
        Command command = command(
                "--rootfs", machine.toString(), "--read-only", "-v", "/b:/etc/hosts", "-v", "/a:/etc", "--tmpfs", "/t");
        assertEquals(Rootfs.directory(machine).withReadonly(true), command.rootfs());
        List<String> targets =
                command.mounts().stream().map(mount -> mount.target().value()).toList();
        assertEquals(1, targets.stream().filter("/etc/hosts"::equals).count());
        assertTrue(targets.indexOf("/etc") < targets.indexOf("/etc/hosts"), "a place comes before what lies below it");
        assertTrue(targets.indexOf("/dev/shm") < targets.indexOf("/t"), "the standard ones come first");
    }

    @Test
    void aDevOfOnesOwnReplacesEverythingThere() {
        assertEquals(
                List.of("/dev"),
                command("-v", "/mydev:/dev").mounts().stream()
                        .map(mount -> mount.target().value())
                        .filter(target -> target.startsWith("/dev"))
                        .toList());
    }

    @Test
    void theNamespaces() {
        Command command = command(
                "--pid",
                "host",
                "--uts=host",
                "--cgroupns",
                "host",
                "--userns",
                "map:1000:10",
                "--network",
                "container:other",
                "--ipc",
                "container:other");
        assertEquals(NamespaceChoice.HOST, command.namespaces().pid());
        assertEquals(NamespaceChoice.HOST, command.namespaces().cgroup());
        assertTrue(command.namespaces().user().isPrivate());
        assertEquals(Optional.empty(), command.hostname(), "the host's own name stays");
        assertEquals(
                new NamespaceChoice.AtPath(Path.of("/proc/77/ns/net")),
                command.network().namespace());
        assertEquals(
                new NamespaceChoice.AtPath(Path.of("/proc/77/ns/ipc")),
                command.namespaces().ipc());
    }

    @Test
    void sharedMemoryFollowsTheIpc() {
        assertEquals(
                Optional.of(ByteSize.ofMib(1)),
                shm("--shm-size", "1m")
                        .map(mount -> ((Mount.Tmpfs) mount.kind()).size().orElseThrow()));
        assertEquals(Optional.empty(), shm("--ipc", "none"));
        assertTrue(shm("--ipc", "host").orElseThrow().kind() instanceof Mount.Bind);
        assertTrue(shm("--ipc", "shareable").orElseThrow().kind() instanceof Mount.Tmpfs);
    }

    private Optional<Mount> shm(String... options) {
        return mount("/dev/shm", options);
    }

    private Optional<Mount> mount(String target, String... options) {
        return command(options).mounts().stream()
                .filter(mount -> mount.target().value().equals(target))
                .findFirst();
    }

    @Test
    void terminalsAreOfAGroupThatTheUsersHave() {
        assertTrue(
                mount("/dev/pts", "--userns", "map:1000:6").orElseThrow().data().contains("gid=5"));
        assertFalse(
                mount("/dev/pts", "--userns", "map:1000:5").orElseThrow().data().contains("gid=5"));
    }

    @Test
    void theHostsNetworkBringsItsName() {
        String name = KernelFile.text(Path.of("/proc/sys/kernel/hostname")).orElseThrow();
        assertEquals(Optional.of(name), command("--net", "host").hostname());
        assertEquals(
                Optional.of("box"), command("--network", "host", "-h", "box").hostname());
    }

    @Test
    void theNamesThatResolve() {
        String hosts = content("/etc/hosts", "--add-host", "db:10.0.0.9", "-h", "box");
        assertTrue(hosts.endsWith("10.0.0.9\tdb\n"), hosts);
        assertTrue(content("/etc/resolv.conf", "--dns", "9.9.9.9", "--dns-search", "x.y", "--dns-option", "rotate")
                .startsWith("nameserver 9.9.9.9\nsearch x.y\noptions rotate\n"));
        assertEquals("box\n", content("/etc/hostname", "-h", "box", "--domainname", "lan"));
    }

    private String content(String target, String... options) {
        return command(options).mounts().stream()
                .filter(mount -> mount.target().value().equals(target))
                .map(mount -> new String(((Mount.Content) mount.kind()).content(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theLimits() {
        Command command = command(
                "-m",
                "64m",
                "--memory-swap=-1",
                "--memory-reservation",
                "32m",
                "--memory-swappiness",
                "10",
                "--oom-kill-disable",
                "--cpus",
                "0.5",
                "-c",
                "512",
                "--cpuset-cpus",
                "0-1",
                "--cpuset-mems",
                "0",
                "--pids-limit",
                "20",
                "--blkio-weight",
                "300",
                "--cgroup-parent",
                "/jobs");
        assertEquals(
                Optional.of(ByteSize.ofMib(64)), command.resources().memory().limit());
        assertEquals(
                Optional.of(ByteSize.UNLIMITED), command.resources().memory().swap());
        assertEquals(OptionalInt.of(10), command.resources().memory().swappiness());
        assertEquals(Optional.of(true), command.resources().memory().disableOomKiller());
        assertEquals(OptionalLong.of(50_000), command.resources().cpu().quota());
        assertEquals(OptionalLong.of(512), command.resources().cpu().shares());
        assertEquals(Optional.of("0-1"), command.resources().cpu().cpus());
        assertEquals(OptionalLong.of(20), command.resources().pids());
        assertEquals(OptionalInt.of(300), command.resources().blockIo().weight());
        assertEquals(new CgroupPlacement.Parent("/jobs"), command.cgroup());
        assertEquals(
                OptionalLong.empty(),
                command("--pids-limit", "-1", "--cpus", "0").resources().pids());
    }

    @Test
    void aSliceIsSystemds() {
        Command command = command("--name", "a", "--cgroup-parent", "jobs.slice");
        assertEquals(new CgroupPlacement.Systemd("jobs.slice", "caisson", "a"), command.cgroup());
    }

    @Test
    void swapIsTwiceTheMemoryWhereItCanBeCounted() throws IOException {
        assertEquals(Optional.empty(), command("-m", "64m").resources().memory().swap(), "no swap to limit");
        Files.createDirectories(machine.resolve("proc"));
        Files.writeString(machine.resolve("proc/swaps"), "Filename\n/dev/sdb 1 2 3\n");
        assertEquals(
                List.of("warning: this kernel doesn't count swap, so --memory limits memory alone"),
                read("-m", "64m").warnings());
        Files.createDirectories(machine.resolve("sys/fs/cgroup/memory"));
        Files.writeString(machine.resolve("sys/fs/cgroup/memory/memory.memsw.limit_in_bytes"), "");
        assertEquals(
                Optional.of(ByteSize.ofMib(128)),
                command("-m", "64m").resources().memory().swap());
        assertEquals(List.of(), read("-m", "64m").warnings());
    }

    @Test
    void theDevices() {
        Command command = command("--device", "/dev/zero:/dev/nothing:r", "--device-cgroup-rule", "b 8:* r");
        assertTrue(
                command.devices().stream().anyMatch(node -> node.path().value().equals("/dev/nothing")));
        List<DeviceRule> rules = command.resources().devices();
        assertEquals(DeviceRule.allow(DeviceRule.Type.CHARACTER, 1, 5, "r"), rules.get(rules.size() - 2));
    }

    @Test
    void privilegedIsWithoutBounds() {
        Command command = command("--privileged");
        assertEquals(Optional.of(Capabilities.all()), command.process().capabilities());
        assertEquals(Seccomp.UNCONFINED, command.security().seccomp());
        assertEquals(List.of(), command.security().maskedPaths());
        assertEquals(List.of(DeviceRule.allowAll()), command.resources().devices());
        assertFalse(command.mounts().stream()
                .filter(mount -> mount.target().value().startsWith("/sys"))
                .anyMatch(mount -> mount.flags().readonly()));
        assertFalse(
                command.devices().stream().anyMatch(node -> node.path().value().startsWith("/dev/pts/")));
    }

    @Test
    void theSecurityOptions() {
        Command command = command(
                "--security-opt",
                "seccomp=unconfined",
                "--security-opt=no-new-privileges",
                "--security-opt",
                "unmask=/proc/kcore",
                "--security-opt",
                "mask=/x",
                "--security-opt",
                "label=type:t_t",
                "--security-opt",
                "writable-cgroups=true",
                "--sysctl",
                "net.ipv4.ip_forward=1");
        assertEquals(Seccomp.UNCONFINED, command.security().seccomp());
        assertEquals(Optional.of(true), command.process().noNewPrivileges());
        assertFalse(command.security().maskedPaths().contains(ContainerPath.of("/proc/kcore")));
        assertTrue(command.security().maskedPaths().contains(ContainerPath.of("/x")));
        assertEquals(Optional.of("system_u:system_r:t_t:s0"), command.process().selinuxLabel());
        assertEquals(Map.of("net.ipv4.ip_forward", "1"), command.sysctl());
        assertFalse(command.mounts().stream()
                .filter(mount -> mount.target().value().equals("/sys/fs/cgroup"))
                .anyMatch(mount -> mount.flags().set().contains(MountFlag.READONLY)));
        Command open = command("--security-opt", "systempaths=unconfined");
        assertEquals(List.of(), open.security().maskedPaths());
        assertEquals(List.of(), open.security().readonlyPaths());
    }

    @Test
    void howItIsRun() {
        RunControl control = read("--driver", "native", "--driver-opt", "a=b", "--timeout", "1m", "--stats", "--rm")
                .control();
        assertEquals(
                new RunControl(
                        Optional.of("native"),
                        Map.of("a", "b"),
                        Optional.of(Duration.ofMinutes(1)),
                        new StopPlan(Signal.KILL, Optional.of(Duration.ofSeconds(10)), false),
                        true),
                control);
        assertEquals(Optional.empty(), read("--driver", "auto").control().driver());
        assertEquals(
                new StopPlan(Signal.TERM, Optional.of(Duration.ofSeconds(3)), true),
                read("--stop-timeout", "3").control().stop());
        assertEquals(
                new StopPlan(Signal.QUIT, Optional.empty(), true),
                read("--stop-signal", "quit", "--stop-timeout", "-1").control().stop());
    }

    @Test
    void helpIsAskedFor() {
        assertEquals(Optional.empty(), reader.read(List.of("--help", "--bogus")));
    }

    @Test
    void theCommandMayNotBeMissing() {
        assertEquals(
                List.of("COMMAND: is missing; give the program to run, such as caisson run -- echo hello"),
                assertThrows(UsageException.class, () -> reader.read(List.of())).mistakes());
    }

    @ParameterizedTest
    @CsvSource({
        "-P true, -P, nothing knows the ports of a program; give each with --publish",
        "--detach true, --detach, it stays with its command; let the shell run it in the background with &",
        "--gpus=all true, --gpus, give the device nodes with --device",
    })
    void anOptionThatOnlyDockerHasIsKnown(String arguments, String option, String remedy) {
        assertEquals(
                List.of(option + ": is an option of docker run that is not here: " + remedy),
                assertThrows(UsageException.class, () -> reader.read(List.of(arguments.split(" "))))
                        .mistakes());
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        assertEquals(
                List.of(
                        "--memroy: there is no such option; did you mean --memory?",
                        "--name: read container id \"../x\": it is not a valid name; use 1 to 255 of [A-Za-z0-9_+.-], not"
                                + " starting with a dot and without \"..\"",
                        "--workdir: read container path \"work\": it is not absolute; give a path that starts with / and holds"
                                + " no NUL",
                        "--rootfs: \"/proc/none\" does not exist; give the directory of a root filesystem",
                        "--network: container \"gone\" is not running; start one with caisson run --name gone",
                        "--env: \"=x\" names no variable; give KEY=VALUE or KEY",
                        "--memory: read size \"lots\": it is not a number of bytes; give a number with b, k, m, g, t or p behind"
                                + " it, such as 64m, or -1 for no limit",
                        "--cpus: is given beside --cpu-period or --cpu-quota; give one or the other",
                        "--pids-limit: \"many\" is no whole number; give -1 to 9223372036854775807",
                        "--cap-add: read capability \"FLY\": there is none of that name; give a name of capabilities(7), such"
                                + " as NET_ADMIN",
                        "--timeout: \"0s\" is no time to run; give more than 0",
                        "--stop-signal: read signal \"SIGFOO\": there is no such signal; give a name as TERM or SIGTERM, or a"
                                + " number from 1 to 64",
                        "--cpu-period: 5 is out of range; give 1000 to 1000000",
                        "--sysctl kernel.panic: \"kernel.panic\" does not belong to a namespace; leave it out: it would be set"
                                + " for the host"),
                mistakes(
                        "--memroy=4m",
                        "--name",
                        "../x",
                        "-w",
                        "work",
                        "--rootfs",
                        "/proc/none",
                        "--network",
                        "container:gone",
                        "-e",
                        "=x",
                        "-m",
                        "lots",
                        "--cpus",
                        "1",
                        "--cpu-period",
                        "5",
                        "--pids-limit",
                        "many",
                        "--cap-add",
                        "FLY",
                        "--timeout",
                        "0s",
                        "--stop-signal",
                        "SIGFOO",
                        "--sysctl",
                        "kernel.panic=1"));
    }

    @Test
    void mistakesOfTheCommandBearTheNamesOfOptions() {
        assertEquals(
                List.of(
                        "--volume, --mount or --tmpfs: /a stands twice; mount one thing at each place",
                        "--memory-swap: 1048576 is less than the memory limit of 67108864; swap counts memory and swap together:"
                                + " give at least the memory limit, or -1"),
                mistakes("-v", "/x:/a", "--tmpfs", "/a", "-m", "64m", "--memory-swap", "1m").stream()
                        .sorted()
                        .toList()
                        .reversed());
        assertEquals(
                List.of("--hostname: would be set for the host; make namespaces.uts private, or leave it out"),
                mistakes("--uts", "host", "-h", "box"));
        assertEquals(
                List.of("--memory-swap: is given without --memory; give the memory limit too"),
                mistakes("--memory-swap", "1g"));
        assertEquals(
                List.of("--rm: is false, but a container of caisson run is removed at its end; leave it out"),
                mistakes("--rm=false"));
    }
}
