// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.Capability;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.DeviceNode;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Network;
import dev.caisson.driver.command.Rlimit;
import dev.caisson.driver.command.UserNamespace;
import dev.caisson.driver.resources.DeviceRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValueSyntaxTest {
    private static String refusal(Function<String, ?> reader, String text) {
        return assertThrows(BadValueException.class, () -> reader.apply(text)).getMessage();
    }

    @Test
    void ulimits() {
        assertEquals(new Rlimit(Rlimit.Type.NOFILE, 1024, 1024), UlimitSyntax.read("nofile=1024"));
        assertEquals(new Rlimit(Rlimit.Type.CORE, 0, -1), UlimitSyntax.read("core=0:-1"));
        assertEquals(new Rlimit(Rlimit.Type.MEMLOCK, -1, -1), UlimitSyntax.read("memlock=unlimited"));
        assertEquals("is not key=value; give both, with = between", refusal(UlimitSyntax::read, "nofile"));
        assertEquals(
                "has the unknown name \"files\"; give one of cpu, fsize, data, stack, core, rss, nproc, nofile, memlock, as,"
                        + " locks, sigpending, msgqueue, nice, rtprio, rttime",
                refusal(UlimitSyntax::read, "files=1"));
        assertEquals("has more than two limits; give name=soft[:hard]", refusal(UlimitSyntax::read, "cpu=1:2:3"));
    }

    @Test
    void devices() {
        DeviceSyntax.Grant grant = DeviceSyntax.read("/dev/zero:/dev/x:rw").get(0);
        assertEquals(DeviceNode.Type.CHARACTER, grant.device().type());
        assertEquals(1, grant.device().major());
        assertEquals(5, grant.device().minor());
        assertEquals(ContainerPath.of("/dev/x"), grant.path());
        assertEquals(
                DeviceRule.allow(DeviceRule.Type.CHARACTER, 1, 5, "rw"),
                grant.device().rule(grant.access()));
        assertEquals("r", DeviceSyntax.read("/dev/zero:r").get(0).access());
        assertEquals("rwm", DeviceSyntax.read("/dev/zero").get(0).access());
        assertEquals(
                "names /dev/absent, which does not exist; give a device of the host",
                refusal(DeviceSyntax::read, "/dev/absent"));
        assertEquals(
                "names /etc/passwd, which is no device; give a character or block device",
                refusal(DeviceSyntax::read, "/etc/passwd"));
        assertEquals(
                "has the access \"rx\"; give some of r, w and m, each once",
                refusal(DeviceSyntax::read, "/dev/zero:/dev/zero:rx"));
        assertEquals(
                "is a CDI name; give a path such as /dev/fuse", refusal(DeviceSyntax::read, "vendor.com/class=gpu"));
    }

    @Test
    void aDirectoryOfDevicesIsAllOfThem(@TempDir Path directory) throws IOException {
        Files.createSymbolicLink(directory.resolve("a"), Path.of("/dev/zero"));
        Files.createDirectory(directory.resolve("sub"));
        Files.createSymbolicLink(directory.resolve("sub/b"), Path.of("/dev/null"));
        Files.writeString(directory.resolve("no-device"), "");
        List<DeviceSyntax.Grant> grants = DeviceSyntax.read(directory + ":/dev/all");
        assertEquals(
                List.of(ContainerPath.of("/dev/all/a"), ContainerPath.of("/dev/all/sub/b")),
                grants.stream().map(DeviceSyntax.Grant::path).toList());
        Files.delete(directory.resolve("a"));
        Files.delete(directory.resolve("sub/b"));
    }

    @Test
    void deviceRules() {
        assertEquals(
                new DeviceRule(true, DeviceRule.Type.CHARACTER, OptionalLong.of(42), OptionalLong.empty(), "rmw"),
                DeviceRuleSyntax.read("c 42:* rmw"));
        assertEquals(
                "is no device rule; give type, numbers and access as \"c 42:* rwm\"",
                refusal(DeviceRuleSyntax::read, "x 1:1 r"));
    }

    @Test
    void amountsOfDevices() {
        assertEquals("is not device:amount; give both, as /dev/sda:1mb", refusal(DeviceAmount::bytes, "/dev/sda"));
        assertEquals(
                "names a character device; give a block device, as /dev/sda",
                refusal(DeviceAmount::bytes, "/dev/zero:1mb"));
    }

    @Test
    void namespaces() {
        assertEquals(NamespaceChoice.HOST, NamespaceSyntax.read("host"));
        assertEquals(NamespaceChoice.PRIVATE, NamespaceSyntax.read("private"));
        assertEquals(new NamespaceChoice.OfContainer(ContainerId.of("a")), NamespaceSyntax.read("container:a"));
        assertEquals(new NamespaceChoice.AtPath(Path.of("/run/ns")), NamespaceSyntax.read("ns:/run/ns"));
        assertEquals(
                "is no choice of a namespace; give private, host, container:NAME or ns:/path",
                refusal(NamespaceSyntax::read, "mine"));
        assertEquals(
                "is no choice of a namespace; give private or host",
                refusal(NamespaceSyntax::privateOrHost, "container:a"));
    }

    @Test
    void networks() {
        assertEquals(Network.none(), NetworkSyntax.read("none"));
        assertEquals(Network.host(), NetworkSyntax.read("host"));
        assertEquals(Network.of(ContainerId.of("a")), NetworkSyntax.read("container:a"));
        assertEquals(Network.at(Path.of("/run/netns/a")), NetworkSyntax.read("ns:/run/netns/a"));
        assertEquals(
                "is no network that caisson knows; give none, host, bridge, bridge:NAME, container:NAME or ns:/run/netns/NAME",
                refusal(NetworkSyntax::read, "mynet"));
    }

    @Test
    void userNamespaces() {
        assertEquals(UserNamespace.host(), UserNamespaceSyntax.read("host"));
        assertEquals(
                List.of(new IdMapping(0, 100_000, 65_536)),
                UserNamespaceSyntax.read("map:100000:65536").mappings().gids());
        assertEquals(
                "is no range of ids; give map:START:COUNT, as map:100000:65536",
                refusal(UserNamespaceSyntax::read, "map:5"));
        assertEquals(
                "is no choice of users; give host, map:START:COUNT as map:100000:65536, or remap:USER",
                refusal(UserNamespaceSyntax::read, "auto"));
    }

    @Test
    void subordinateIds(@TempDir Path directory) throws IOException {
        Path users = Files.writeString(directory.resolve("subuid"), "a:100:10\nb:500:5\na:1000:20\n");
        Path groups = Files.writeString(directory.resolve("subgid"), "a:7:30\n");
        UserNamespace namespace = new SubordinateIds(users, groups).namespaceOf("a");
        assertEquals(
                List.of(new IdMapping(0, 100, 10), new IdMapping(10, 1000, 20)),
                namespace.mappings().uids());
        assertEquals(List.of(new IdMapping(0, 7, 30)), namespace.mappings().gids());
        assertEquals(
                "names a user without ids in " + users + "; add a line such as c:100000:65536 there",
                refusal(new SubordinateIds(users, groups)::namespaceOf, "c"));
    }

    @Test
    void capabilities() {
        assertEquals(
                EnumSet.of(Capability.KILL, Capability.BPF), caps(false, List.of("cap_kill", "BPF"), List.of("ALL")));
        Set<Capability> allButOne = EnumSet.allOf(Capability.class);
        allButOne.remove(Capability.SYS_ADMIN);
        assertEquals(allButOne, caps(false, List.of("ALL"), List.of("SYS_ADMIN")));
        assertEquals(allButOne, caps(true, List.of(), List.of("SYS_ADMIN")));
        Set<Capability> changed = EnumSet.copyOf(Capabilities.standard().bounding());
        changed.add(Capability.NET_ADMIN);
        changed.remove(Capability.MKNOD);
        assertEquals(changed, caps(false, List.of("NET_ADMIN"), List.of("MKNOD")));
        assertEquals(Set.of(), caps(false, List.of(), List.of("all")));
    }

    private static Set<Capability> caps(boolean privileged, List<String> added, List<String> dropped) {
        return CapabilityList.of(
                        privileged,
                        added.stream().map(CapabilityList::word).toList(),
                        dropped.stream().map(CapabilityList::word).toList())
                .bounding();
    }

    @Test
    void hosts() {
        assertEquals(new HostEntry("db", "10.0.0.5"), HostEntry.read("db:10.0.0.5"));
        assertEquals(new HostEntry("db", "fd00::5"), HostEntry.read("db=fd00::5"));
        assertEquals(new HostEntry("db", "fd00::5"), HostEntry.read("db:[fd00::5]"));
        assertEquals("is not name:address; give both, as db:10.0.0.5", refusal(HostEntry::read, "db"));
        assertEquals(
                "has no ip address; give one such as 10.0.0.5 or fd00::5", refusal(HostEntry::read, "db:10.0.0.256"));
        assertEquals("has white space or # in the name; give a host name", refusal(HostEntry::read, "a b:10.0.0.1"));
    }

    @Test
    void environmentFiles(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("env");
        Files.writeString(file, "\uFEFFA=1\n# no\n\n  B=\"2 3\"\nC\n");
        assertEquals(List.of("A=1", "B=\"2 3\"", "C"), EnvFile.read(file.toString()));
        assertEquals(
                "does not exist; give the file that holds the variables",
                refusal(EnvFile::read, directory.resolve("no").toString()));
        Files.writeString(file, "A=1\nB C=2\n");
        assertEquals(
                "has white space in the name \"B C\" of line 2; take it out", refusal(EnvFile::read, file.toString()));
        Files.writeString(file, "=1\n");
        assertEquals("has no name before = in line 1; write KEY=value", refusal(EnvFile::read, file.toString()));
        Files.write(file, new byte[] {'A', '=', (byte) 0xff, '\n'});
        assertEquals("is not UTF-8; convert it", refusal(EnvFile::read, file.toString()));
    }

    @Test
    void securityOptions() {
        Function<String, SecurityOption> reader = text -> SecurityOption.read(text, Set.of());
        assertEquals(new SecurityOption.NoNewPrivileges(true), reader.apply("no-new-privileges"));
        assertEquals(new SecurityOption.NoNewPrivileges(false), reader.apply("no-new-privileges:false"));
        assertEquals(new SecurityOption.Apparmor("p"), reader.apply("apparmor=p"));
        assertEquals(new SecurityOption.Label("type", "t"), reader.apply("label=type:t"));
        assertEquals(new SecurityOption.SystemPathsUnconfined(), reader.apply("systempaths=unconfined"));
        assertEquals(
                new SecurityOption.Mask(List.of(ContainerPath.of("/a"), ContainerPath.of("/b"))),
                reader.apply("mask=/a:/b"));
        assertEquals(
                "names a seccomp profile that does not exist; give unconfined, builtin or a JSON file",
                refusal(reader, "seccomp=/no/such"));
        assertEquals(
                "is no part of a label; give label=disable, or user:, role:, type:, level: or filetype: with a value",
                refusal(reader, "label=x"));
        assertEquals(
                "is no security option; give seccomp=, no-new-privileges, apparmor=, label=, systempaths=unconfined, mask=,"
                        + " unmask= or writable-cgroups=",
                refusal(reader, "proc-opts=x"));
    }

    @Test
    void selinuxLabelsAreMadeOfTheirParts() {
        assertEquals(
                new SelinuxLabel("system_u:system_r:t_t:s0:c1", "system_u:object_r:container_file_t:s0:c1"),
                SelinuxLabel.of(List.of(
                                new SecurityOption.Label("type", "t_t"), new SecurityOption.Label("level", "s0:c1")))
                        .orElseThrow());
        assertEquals(
                true,
                SelinuxLabel.of(List.of(new SecurityOption.Label("disable", "")))
                        .isEmpty());
    }
}
