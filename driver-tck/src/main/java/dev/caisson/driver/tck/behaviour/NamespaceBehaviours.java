// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.refusal;
import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.show;
import static dev.caisson.driver.tck.probe.Steps.spawn;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.Transcript;
import dev.caisson.driver.tck.probe.Fact;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Namespaces of a container's own, the host's, another container's, and at a path. */
public interface NamespaceBehaviours {
    private static String seen(Kit kit, String kind, Namespaces namespaces) throws InterruptedException {
        return kit.answer(kit.command(show(Fact.NAMESPACE, kind)).namespaces(namespaces));
    }

    private static void assertPrivate(Kit kit, String kind) throws InterruptedException {
        String first = seen(kit, kind, kit.namespaces());
        assertNotEquals(kit.machine().namespace(kind), first);
    }

    private static void assertHost(Kit kit, String kind, Namespaces namespaces) throws InterruptedException {
        assertEquals(kit.machine().namespace(kind), seen(kit, kind, namespaces));
    }

    private static void assertJoined(
            Kit kit, String kind, Namespaces other, Function<NamespaceChoice, Namespaces> joined)
            throws InterruptedException {
        Live<ExitStatus> live =
                kit.start(kit.command(show(Fact.NAMESPACE, kind), hold()).namespaces(other));
        String namespace = live.line();
        assertEquals(namespace, seen(kit, kind, joined.apply(new NamespaceChoice.OfContainer(live.id()))));
    }

    private static void assertEntered(
            Kit kit, String kind, Namespaces other, Function<NamespaceChoice, Namespaces> joined)
            throws InterruptedException {
        Live<ExitStatus> live =
                kit.start(kit.command(show(Fact.NAMESPACE, kind), hold()).namespaces(other));
        String namespace = live.line();
        Path path = Path.of("/proc", Long.toString(live.process().identity().pid()), "ns", kind);
        assertEquals(namespace, seen(kit, kind, joined.apply(new NamespaceChoice.AtPath(path))));
    }

    @Test
    @Observes("namespaces.pid(Private)")
    default void pidsAreItsOwn(Kit kit) throws Exception {
        assertPrivate(kit, "pid");
        assertEquals("1", kit.answer(kit.command(show(Fact.PID)).namespaces(kit.namespaces())));
    }

    @Test
    @Needs(Feature.NAMESPACE_HOST)
    @Observes("namespaces.pid(Host)")
    default void pidsAreTheHosts(Kit kit) throws Exception {
        Namespaces shared = kit.namespaces().withPid(NamespaceChoice.HOST);
        assertHost(kit, "pid", shared);
        assertNotEquals("1", kit.answer(kit.command(show(Fact.PID)).namespaces(shared)));
    }

    @Test
    @Needs(Feature.NAMESPACE_HOST)
    default void whatIsLeftRunningAmongTheHostsPidsEnds(Kit kit) throws Exception {
        Transcript out = kit.transcript();
        ExitStatus status = kit.driver()
                .run(
                        kit.command(spawn(), line("parent ends"), exit(3))
                                .namespaces(kit.namespaces().withPid(NamespaceChoice.HOST))
                                .build(),
                        Pipes.combined(out),
                        StartCallback.NONE);
        assertEquals(new Termination.Exited(3), status.termination());
    }

    @Test
    @Needs(Feature.NAMESPACE_JOIN)
    @Observes("namespaces.pid(OfContainer).id")
    default void pidsAreAnotherContainers(Kit kit) throws Exception {
        assertJoined(kit, "pid", kit.namespaces(), kit.namespaces()::withPid);
    }

    @Test
    @Needs(Feature.NAMESPACE_JOIN)
    @Observes("namespaces.pid(AtPath).path")
    default void pidsAreThoseAtAPath(Kit kit) throws Exception {
        assertEntered(kit, "pid", kit.namespaces(), kit.namespaces()::withPid);
    }

    @Test
    @Observes("namespaces.ipc(Private)")
    default void ipcIsItsOwn(Kit kit) throws Exception {
        assertPrivate(kit, "ipc");
    }

    @Test
    @Needs(Feature.NAMESPACE_HOST)
    @Observes("namespaces.ipc(Host)")
    default void ipcIsTheHosts(Kit kit) throws Exception {
        assertHost(kit, "ipc", kit.namespaces().withIpc(NamespaceChoice.HOST));
    }

    @Test
    @Needs(Feature.NAMESPACE_JOIN)
    @Observes("namespaces.ipc(OfContainer).id")
    default void ipcIsAnotherContainers(Kit kit) throws Exception {
        assertJoined(kit, "ipc", kit.namespaces(), kit.namespaces()::withIpc);
    }

    @Test
    @Needs(Feature.NAMESPACE_JOIN)
    @Observes("namespaces.ipc(AtPath).path")
    default void ipcIsThatAtAPath(Kit kit) throws Exception {
        assertEntered(kit, "ipc", kit.namespaces(), kit.namespaces()::withIpc);
    }

    @Test
    @Observes("namespaces.uts(Private)")
    default void theHostNameIsItsOwn(Kit kit) throws Exception {
        assertPrivate(kit, "uts");
    }

    @Test
    @Needs(Feature.NAMESPACE_HOST)
    @Observes("namespaces.uts(Host)")
    default void theHostNameIsTheHosts(Kit kit) throws Exception {
        Namespaces shared = kit.namespaces().withUts(NamespaceChoice.HOST);
        assertHost(kit, "uts", shared);
        assertEquals(
                kit.machine().hostname(),
                kit.answer(kit.command(show(Fact.FILE, "/proc/sys/kernel/hostname"))
                        .namespaces(shared)));
    }

    @Test
    @Needs(Feature.NAMESPACE_JOIN)
    @Observes("namespaces.uts(OfContainer).id")
    default void theHostNameIsAnotherContainers(Kit kit) throws Exception {
        assertJoined(kit, "uts", kit.namespaces(), kit.namespaces()::withUts);
    }

    @Test
    @Needs(Feature.NAMESPACE_JOIN)
    @Observes("namespaces.uts(AtPath).path")
    default void theHostNameIsThatAtAPath(Kit kit) throws Exception {
        assertEntered(kit, "uts", kit.namespaces(), kit.namespaces()::withUts);
    }

    @Test
    @Needs({Feature.NAMESPACE_JOIN, Feature.CGROUP_NAMESPACE})
    @Observes("namespaces.cgroup(OfContainer).id")
    default void theViewOfCgroupsIsAnotherContainers(Kit kit) throws Exception {
        assertJoined(kit, "cgroup", kit.namespaces(), kit.namespaces()::withCgroup);
    }

    @Test
    @Needs({Feature.NAMESPACE_JOIN, Feature.CGROUP_NAMESPACE})
    @Observes("namespaces.cgroup(AtPath).path")
    default void theViewOfCgroupsIsThatAtAPath(Kit kit) throws Exception {
        assertEntered(kit, "cgroup", kit.namespaces(), kit.namespaces()::withCgroup);
    }

    @Test
    @Observes("namespaces.mount(Private)")
    default void mountsAreItsOwn(Kit kit) throws Exception {
        assertPrivate(kit, "mnt");
    }

    private static Namespaces withMount(Kit kit, NamespaceChoice choice) {
        Namespaces standard = kit.namespaces();
        return new Namespaces(
                choice,
                standard.pid(),
                standard.ipc(),
                standard.uts(),
                standard.cgroup(),
                standard.user(),
                standard.time());
    }

    /** With its mounts a container needs its pids, of which the /proc there tells; and it makes nothing in them. */
    private static Command.Builder inMountsOf(Kit kit, ContainerId other, NamespaceChoice mounts) {
        return kit.command(show(Fact.NAMESPACE, "mnt"))
                .namespaces(withMount(kit, mounts).withPid(new NamespaceChoice.OfContainer(other)))
                .rootfs(Rootfs.directory(Path.of("/")))
                .mounts(List.of())
                .devices(List.of())
                .security(Security.unconfined());
    }

    @Test
    @Needs({Feature.NAMESPACE_JOIN, Feature.ROOTFS_DIRECTORY})
    @Observes("namespaces.mount(OfContainer).id")
    default void mountsAreAnotherContainers(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(show(Fact.NAMESPACE, "mnt"), hold()));
        String namespace = live.line();
        assertEquals(namespace, kit.answer(inMountsOf(kit, live.id(), new NamespaceChoice.OfContainer(live.id()))));
    }

    @Test
    @Needs({Feature.NAMESPACE_JOIN, Feature.ROOTFS_DIRECTORY})
    @Observes("namespaces.mount(AtPath).path")
    default void mountsAreThoseAtAPath(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(show(Fact.NAMESPACE, "mnt"), hold()));
        String namespace = live.line();
        Path path = Path.of("/proc", Long.toString(live.process().identity().pid()), "ns", "mnt");
        assertEquals(namespace, kit.answer(inMountsOf(kit, live.id(), new NamespaceChoice.AtPath(path))));
    }

    @Test
    @Needs(Feature.NAMESPACE_JOIN)
    default void aNamespaceOfNobodyIsRefused(Kit kit) {
        ContainerId nobody = kit.newId();
        DriverException missing = refusal(() -> kit.run(
                kit.command(line("x")).namespaces(kit.namespaces().withIpc(new NamespaceChoice.OfContainer(nobody)))));
        assertTrue(List.of(ErrorKind.NOT_FOUND, ErrorKind.WRONG_STATE).contains(missing.kind()), missing::toString);
        assertTrue(String.valueOf(missing.getMessage()).contains(nobody.value()), missing::toString);
        Path absent = kit.newAbsence("namespace");
        DriverException wrong = refusal(() -> kit.run(
                kit.command(line("x")).namespaces(kit.namespaces().withIpc(new NamespaceChoice.AtPath(absent)))));
        assertTrue(String.valueOf(wrong.getMessage()).contains(absent.toString()), wrong::toString);
    }

    @Test
    @Needs(Feature.NAMESPACE_JOIN)
    default void aNamespaceOfAnotherKindIsRefused(Kit kit) {
        DriverException wrong = refusal(() -> kit.run(kit.command(line("x"))
                .namespaces(kit.namespaces().withIpc(new NamespaceChoice.AtPath(Path.of("/proc/self/ns/uts"))))));
        assertTrue(String.valueOf(wrong.getMessage()).contains("/proc/self/ns/uts"), wrong::toString);
    }
}
