// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.check.Mistake;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.CpuAffinity;
import dev.caisson.driver.command.Hook;
import dev.caisson.driver.command.Hooks;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.IntelRdt;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.NetworkInterface;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Propagation;
import dev.caisson.driver.command.Rlimit;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Route;
import dev.caisson.driver.command.Scheduler;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.command.TimeNamespace;
import dev.caisson.driver.command.UserNamespace;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.nativedriver.kernel.ResourceLimit;
import dev.caisson.nativedriver.kernel.jnr.JnrKernel;
import dev.caisson.nativedriver.machine.CapabilityMask;
import dev.caisson.nativedriver.machine.KernelVersion;
import dev.caisson.nativedriver.machine.MachineFacts;
import dev.caisson.nativedriver.machine.MountTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandChecksTest {
    private static final long ALL = 0x1ff_ffff_ffffL;

    @TempDir
    private Path directory;

    /** A machine without AppArmor, SELinux, CAP_SYS_RESOURCE, CAP_SYS_NICE and time namespaces. */
    private static MachineFacts machine(long capabilities) {
        return new MachineFacts(
                capabilities,
                capabilities,
                ALL,
                0,
                Map.of(
                        Rlimit.Type.NOFILE, new ResourceLimit(1024, 4096),
                        Rlimit.Type.STACK, new ResourceLimit(8 << 20, -1)),
                1_048_576,
                false,
                false,
                Set.of("allow", "errno"),
                Set.of("mnt", "pid", "net", "ipc", "uts", "cgroup", "user"),
                new KernelVersion(5, 10),
                false,
                true,
                Optional.empty());
    }

    private static CommandChecks weak() {
        long lacking = CapabilityMask.of(EnumSet.of(Capability.SYS_RESOURCE, Capability.SYS_NICE));
        return new CommandChecks(new JnrKernel(), machine(ALL & ~lacking), true);
    }

    private Command.Builder usual() {
        return Command.builder(ContainerId.of("a")).process("true").rootfs(Rootfs.directory(directory));
    }

    private Command with(ProcessConfig.Builder process) {
        return usual().process(process.build()).build();
    }

    private static DriverException refusal(Command command) {
        return assertThrows(DriverException.class, () -> weak().check(command));
    }

    private static void assertMistake(Command command, String path, String problem) {
        InvalidCommandException refusal = assertInstanceOf(InvalidCommandException.class, refusal(command));
        Mistake mistake = refusal.mistakes().get(0);
        assertEquals(path, mistake.path(), refusal.getMessage());
        assertTrue(mistake.problem().contains(problem), refusal.getMessage());
    }

    private static void assertRefused(Command command, StandardErrorCode code, String... words) {
        DriverException refusal = refusal(command);
        assertEquals(code, refusal.code(), refusal.getMessage());
        for (String word : words) {
            assertTrue(refusal.getMessage().contains(word), refusal.getMessage());
        }
    }

    @Test
    void theUsualCommandPasses() {
        assertDoesNotThrow(() -> weak().check(usual().build()));
        assertDoesNotThrow(() -> weak().check(usual().rootfs(Rootfs.hostCopy()).build()));
    }

    @Test
    void everythingIsReportedTogether() {
        Command command = usual().rootfs(Rootfs.directory(Path.of("/no/root")))
                .mount(Mount.bind(Path.of("/no/a"), ContainerPath.of("/a")))
                .mount(Mount.bind(Path.of("/no/b"), ContainerPath.of("/b")))
                .build();
        InvalidCommandException refusal = assertInstanceOf(InvalidCommandException.class, refusal(command));
        assertEquals(
                List.of("rootfs.source.path", "mounts[7].source", "mounts[8].source"),
                refusal.mistakes().stream().map(Mistake::path).toList());
        assertTrue(refusal.getMessage().startsWith("check command \"a\": 3 mistakes"), refusal.getMessage());
    }

    @Test
    void theHardestToPutRightGivesTheCode() {
        Command command = usual().rootfs(Rootfs.directory(Path.of("/no/root")))
                .process(ProcessConfig.builder("true")
                        .apparmorProfile("docker-default")
                        .build())
                .intelRdt(new IntelRdt(Optional.empty(), List.of(), false))
                .build();
        assertRefused(
                command,
                StandardErrorCode.UNSUPPORTED_FIELD,
                "3 reasons",
                "process.apparmorProfile: is given, but driver native does not support APPARMOR here",
                "rootfs.source.path: \"/no/root\": No such file",
                "intelRdt: is given, but driver native does not support LIMIT_RDT");
    }

    @Test
    void rootfs() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        assertMistake(usual().rootfs(Rootfs.directory(file)).build(), "rootfs.source.path", "is not a directory");
        assertMistake(
                usual().rootfs(Rootfs.directory(Path.of("relative"))).build(), "rootfs.source.path", "is not absolute");
        Rootfs layers = Rootfs.overlay(
                List.of(directory, Path.of("/no/layer")), new Rootfs.WritableLayer(Path.of("/no/upper"), directory));
        InvalidCommandException refusal = assertInstanceOf(
                InvalidCommandException.class, refusal(usual().rootfs(layers).build()));
        assertEquals(
                List.of("rootfs.source.layers[1]", "rootfs.source.writable.upper"),
                refusal.mistakes().stream().map(Mistake::path).toList());
        assertMistake(
                usual().rootfs(Rootfs.overlay(List.of(directory), new Rootfs.WritableLayer(directory, directory)))
                        .build(),
                "rootfs.source.writable.work",
                "the same directory");
        assertMistake(
                usual().rootfs(Rootfs.overlay(
                                List.of(directory), new Rootfs.WritableLayer(directory, Path.of("/proc"))))
                        .build(),
                "rootfs.source.writable.work",
                "another filesystem");
        assertMistake(
                usual().rootfs(new Rootfs(new Rootfs.HostCopy(ByteSize.of(0)), false, Optional.empty(), false))
                        .build(),
                "rootfs.source.limit",
                "is 0");
    }

    @Test
    void mounts() {
        Mount bind = Mount.bind(directory, ContainerPath.of("/x"));
        assertMistake(
                usual().mount(bind.withFlags(MountFlags.of(MountFlag.SYNCHRONOUS)))
                        .build(),
                "mounts[7].flags",
                "SYNCHRONOUS belongs to a whole filesystem");
        assertMistake(
                usual().mount(bind.withFlags(new MountFlags(Set.of(), Set.of(), Set.of(MountFlag.LAZYTIME), Set.of())))
                        .build(),
                "mounts[7].flags.recursive",
                "LAZYTIME");
        assertMistake(
                usual().mount(Mount.tmpfs(ContainerPath.of("/x"), ByteSize.of(0), 0755))
                        .build(),
                "mounts[7].size",
                "is 0");
        IdMappings map = new IdMappings(List.of(new IdMapping(0, 1, 1)), List.of(new IdMapping(0, 1, 1)));
        assertMistake(
                usual().mount(Mount.tmpfs(ContainerPath.of("/x"), ByteSize.ofMib(1), 0755)
                                .withIdmap(map, false))
                        .build(),
                "mounts[7].idmap",
                "new filesystem");
    }

    @Test
    void onlyASharedMountCanBeShared() {
        Mount procMount = Mount.bind(Path.of("/proc"), ContainerPath.of("/x")).withPropagation(Propagation.RSHARED);
        boolean shared = MountTable.read(new JnrKernel()).holding("/proc").orElseThrow().propagation().stream()
                .anyMatch(field -> field.startsWith("shared"));
        if (shared) {
            assertDoesNotThrow(() -> weak().check(usual().mount(procMount).build()));
        } else {
            assertMistake(
                    usual().mount(procMount).build(),
                    "mounts[7].propagation",
                    "\"/proc\" is on /proc, which is not a shared mount");
        }
    }

    @Test
    void terminalsNeedAGroupOfTheContainer() {
        IdMappings one = new IdMappings(List.of(new IdMapping(0, 1000, 1)), List.of(new IdMapping(0, 1000, 1)));
        assertMistake(
                usual().namespaces(Namespaces.standard().withUser(UserNamespace.mapped(one)))
                        .build(),
                "mounts[2].data",
                "gid=5 is no group of the container");
    }

    private Command bridged() {
        NetworkInterface veth =
                NetworkInterface.veth("eth0", "br0").address("10.0.0.2/24").build();
        Route route = new Route("10.1.0.0/16", Optional.of("10.0.0.1"), Optional.empty());
        return usual().network(new Network(NamespaceChoice.PRIVATE, List.of(veth), List.of(route)))
                .build();
    }

    @Test
    void network() {
        assertDoesNotThrow(() -> weak().check(bridged()));
        assertRefused(
                usual().network(new Network(
                                NamespaceChoice.PRIVATE,
                                List.of(new NetworkInterface.HostDevice("eth0", "eth1")),
                                List.of()))
                        .build(),
                StandardErrorCode.UNSUPPORTED_FIELD,
                "NETWORK_DEVICE");
    }

    @Test
    void interfacesNeedTheRightToMakeThem() {
        long lacking = CapabilityMask.of(EnumSet.of(Capability.NET_ADMIN));
        CommandChecks checks = new CommandChecks(new JnrKernel(), machine(ALL & ~lacking), true);
        DriverException refusal = assertThrows(DriverException.class, () -> checks.check(bridged()));
        assertEquals(StandardErrorCode.UNSUPPORTED_FIELD, refusal.code());
        assertTrue(refusal.getMessage().contains("NETWORK_BRIDGE"), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("CAP_NET_ADMIN"), refusal.getMessage());
    }

    @Test
    void placement() {
        assertRefused(
                usual().cgroup(new CgroupPlacement.Systemd("user.slice", "caisson", "a"))
                        .build(),
                StandardErrorCode.UNSUPPORTED_FIELD,
                "cgroup: asks for a scope of systemd",
                "/user.slice");
    }

    @Test
    void namespacesThatTheKernelLacks() {
        assertRefused(
                usual().namespaces(Namespaces.standard().withTime(new TimeNamespace(NamespaceChoice.PRIVATE, Map.of())))
                        .build(),
                StandardErrorCode.UNSUPPORTED_FIELD,
                "namespaces.time: is given, but driver native does not support TIME_NAMESPACE here",
                "/proc/self/ns/time");
    }

    @Test
    void joinedMountsAreNotChanged() {
        Namespaces joined = new Namespaces(
                new NamespaceChoice.OfContainer(ContainerId.of("b")),
                NamespaceChoice.PRIVATE,
                NamespaceChoice.PRIVATE,
                NamespaceChoice.PRIVATE,
                NamespaceChoice.PRIVATE,
                UserNamespace.host(),
                TimeNamespace.host());
        InvalidCommandException refusal = assertInstanceOf(
                InvalidCommandException.class,
                refusal(usual().namespaces(joined).build()));
        assertEquals(
                List.of("rootfs", "mounts", "devices", "security.maskedPaths", "security.readonlyPaths"),
                refusal.mistakes().stream().map(Mistake::path).toList());
        assertDoesNotThrow(() -> weak().check(Command.bare(ContainerId.of("a"))
                .process("true")
                .rootfs(Rootfs.directory(Path.of("/")))
                .namespaces(joined)
                .build()));
    }

    @Test
    void capabilities() {
        Command command =
                with(ProcessConfig.builder("true").capabilities(Capabilities.of(Set.of(Capability.SYS_RESOURCE))));
        assertRefused(
                command,
                StandardErrorCode.NOT_PERMITTED,
                "process.capabilities: capability SYS_RESOURCE is not in the bounding set of this process");
        assertDoesNotThrow(() -> weak().check(with(ProcessConfig.builder("true").capabilities(Capabilities.all()))));
        IdMappings map = new IdMappings(List.of(new IdMapping(0, 0, 10)), List.of(new IdMapping(0, 0, 10)));
        assertDoesNotThrow(() -> weak().check(usual().process(command.process())
                .namespaces(Namespaces.standard().withUser(UserNamespace.mapped(map)))
                .build()));
    }

    @Test
    void limits() {
        assertRefused(
                with(ProcessConfig.builder("true").rlimit(new Rlimit(Rlimit.Type.NOFILE, 1, 5000))),
                StandardErrorCode.LIMIT_REFUSED,
                "process.rlimits[0]: NOFILE 5000 is above this process's own hard limit, 4096");
        assertRefused(
                with(ProcessConfig.builder("true").rlimit(new Rlimit(Rlimit.Type.NOFILE, 1, -1))),
                StandardErrorCode.LIMIT_REFUSED,
                "NOFILE unlimited is above what this kernel allows at all, 1048576");
        assertDoesNotThrow(() ->
                weak().check(with(ProcessConfig.builder("true").rlimit(new Rlimit(Rlimit.Type.CORE, -1, -1)))));
        assertRefused(
                with(ProcessConfig.builder("true").oomScoreAdj(-1)),
                StandardErrorCode.LIMIT_REFUSED,
                "process.oomScoreAdj: -1 is below this process's own, 0");
        assertRefused(
                with(ProcessConfig.builder("true").scheduler(Scheduler.ofNice(-1))),
                StandardErrorCode.NOT_PERMITTED,
                "process.scheduler.nice",
                "CAP_SYS_NICE");
        assertMistake(
                with(ProcessConfig.builder("true")
                        .cpuAffinity(new CpuAffinity(Optional.empty(), Optional.of("0,3-1")))),
                "process.cpuAffinity.last",
                "range 3-1 goes down");
    }

    @Test
    void aStrongerProcessMayRaiseThem() {
        CommandChecks strong = new CommandChecks(new JnrKernel(), machine(ALL), true);
        assertDoesNotThrow(() -> strong.check(with(ProcessConfig.builder("true")
                .rlimit(new Rlimit(Rlimit.Type.NOFILE, 1, 5000))
                .oomScoreAdj(-1000)
                .scheduler(Scheduler.ofNice(-20))
                .capabilities(Capabilities.of(Set.of(Capability.SYS_RESOURCE))))));
    }

    @Test
    void labels() {
        assertRefused(
                with(ProcessConfig.builder("true").selinuxLabel("a_t")),
                StandardErrorCode.UNSUPPORTED_FIELD,
                "process.selinuxLabel: is given, but driver native does not support SELINUX here");
        assertDoesNotThrow(() -> weak().check(with(ProcessConfig.builder("true").apparmorProfile("unconfined"))));
        assertRefused(
                with(ProcessConfig.builder("true").apparmorProfile("docker-default")),
                StandardErrorCode.UNSUPPORTED_FIELD,
                "process.apparmorProfile: is given, but driver native does not support APPARMOR here");
        Security labelled = new Security(Seccomp.UNCONFINED, List.of(), List.of(), Optional.of("f_t"), false);
        assertRefused(usual().security(labelled).build(), StandardErrorCode.UNSUPPORTED_FIELD, "security.mountLabel");
    }

    @Test
    void answersThatTheKernelsFiltersDontGive() {
        Seccomp.Profile killing = new Seccomp.Profile(
                Seccomp.Action.KILL_PROCESS, OptionalInt.empty(), List.of(), Set.of(), Optional.empty(), "", List.of());
        assertRefused(
                usual().security(Security.unconfined().withSeccomp(killing)).build(),
                StandardErrorCode.KERNEL_LACKS,
                "security.seccomp: answers calls with KILL_PROCESS");
    }

    @Test
    void arguments() {
        assertMistake(
                with(ProcessConfig.builder("sh", "x".repeat(131_072))),
                "process.args[1]",
                "is 131073 bytes long; the kernel takes at most 131072");
        assertDoesNotThrow(() -> weak().check(with(ProcessConfig.builder("sh", "x".repeat(131_071)))));
        assertMistake(
                with(ProcessConfig.builder("sh").env("BIG", "ü".repeat(70_000))),
                "process.env[BIG]",
                "is 140005 bytes");
        ProcessConfig.Builder many = ProcessConfig.builder("sh");
        for (int i = 0; i < 20; i++) {
            many.env("V" + i, "x".repeat(120_000));
        }
        assertMistake(with(many), "process.args", "the kernel takes at most 2097152");
        many.rlimit(new Rlimit(Rlimit.Type.STACK, -1, -1));
        assertDoesNotThrow(() -> weak().check(with(many)));
    }

    @Test
    void whatIsForTheOtherKindOfProcess() {
        assertMistake(with(ProcessConfig.builder("sh").privileged(true)), "process.privileged", "further process");
        InvalidCommandException refusal = assertThrows(
                InvalidCommandException.class,
                () -> weak().checkExec(
                                usual().build(),
                                ProcessConfig.builder("sh").initReaper(true).build()));
        assertEquals("initReaper", refusal.mistakes().get(0).path());
        assertDoesNotThrow(() -> weak().checkExec(
                        usual().build(),
                        ProcessConfig.builder("sh").privileged(true).build()));
    }

    @Test
    void hooksBeforeTheStartAreThere() {
        Hook gone = Hook.of(Path.of("/no/hook"));
        List<Hook> none = List.of();
        assertMistake(
                usual().hooks(new Hooks(none, List.of(gone), none, none, none, none))
                        .build(),
                "hooks.createRuntime[0].path",
                "No such file");
        assertDoesNotThrow(() -> weak().check(
                        usual().hooks(new Hooks(none, none, none, List.of(gone), List.of(gone), List.of(gone)))
                                .build()));
    }
}
