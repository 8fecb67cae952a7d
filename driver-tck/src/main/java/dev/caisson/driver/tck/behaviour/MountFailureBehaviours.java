// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Feature;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.DeviceNode;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.probe.Fact;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mounts that can't be made, and those that try to leave the root. */
public interface MountFailureBehaviours {
    private static void assertRefusedFor(Kit kit, Path root, Mount mount, String name) {
        assertRefused(
                Set.of(ErrorKind.USER, ErrorKind.LAUNCH),
                List.of(name),
                () -> kit.run(
                        kit.command(line("x")).rootfs(Rootfs.directory(root)).mount(mount)));
    }

    @Test
    @Needs({Feature.MOUNTS, Feature.ROOTFS_DIRECTORY})
    default void aSourceThatIsNotThereIsRefused(Kit kit) {
        Path absent = kit.newAbsence("source");
        Mount mount = Mount.bind(absent, ContainerPath.of("/bound"));
        assertRefusedFor(kit, kit.newRootfs(), mount, absent.toString());
    }

    @Test
    @Needs({Feature.MOUNTS, Feature.ROOTFS_DIRECTORY})
    default void aTargetBelowAFileIsRefused(Kit kit) {
        Mount mount = Mount.bind(kit.newDirectory("source"), ContainerPath.of("/etc/passwd/below"));
        assertRefusedFor(kit, kit.newRootfs(), mount, "/etc/passwd/below");
    }

    @Test
    @Needs({Feature.MOUNTS, Feature.ROOTFS_DIRECTORY})
    default void aDirectoryIsNotMountedOnAFile(Kit kit) {
        Mount mount = Mount.bind(kit.newDirectory("source"), ContainerPath.of("/etc/passwd"));
        assertRefusedFor(kit, kit.newRootfs(), mount, "/etc/passwd");
    }

    @Test
    @Needs({Feature.MOUNTS, Feature.ROOTFS_DIRECTORY})
    default void linksThatGoInCirclesAreRefused(Kit kit) throws Exception {
        Path root = kit.newRootfs();
        Files.createSymbolicLink(root.resolve("there"), Path.of("back"));
        Files.createSymbolicLink(root.resolve("back"), Path.of("there"));
        Mount mount = Mount.bind(kit.newDirectory("source"), ContainerPath.of("/there/in"));
        assertRefusedFor(kit, root, mount, "/there/in");
    }

    @Test
    @Needs({Feature.MOUNTS, Feature.ROOTFS_DIRECTORY})
    default void aFilesystemThatIsNotThereIsRefused(Kit kit) {
        Mount mount = Mount.filesystem("nosuchfs", ContainerPath.of("/kernel"), MountFlags.of());
        assertRefused(
                Set.of(ErrorKind.USER, ErrorKind.LAUNCH, ErrorKind.MACHINE),
                List.of("nosuchfs"),
                () -> kit.run(kit.command(line("x")).mount(mount)));
    }

    @Test
    @Needs({Feature.MOUNTS, Feature.ROOTFS_DIRECTORY})
    default void anOptionThatIsNoneIsRefused(Kit kit) {
        Mount mount = Mount.filesystem("tmpfs", ContainerPath.of("/kernel"), MountFlags.of(), "no_such_option=1");
        assertRefusedFor(kit, kit.newRootfs(), mount, "/kernel");
    }

    /** CVE-2021-30465, CVE-2024-45310: what a link in the root says is true in the root only. */
    @Test
    @Needs({Feature.MOUNTS, Feature.ROOTFS_DIRECTORY})
    default void aTargetStaysInsideTheRoot(Kit kit) throws Exception {
        Path outside = kit.newDirectory("outside");
        Path source = kit.newDirectory("source");
        Files.writeString(source.resolve("file"), "bound");
        for (String link : List.of(outside.toString(), "../../../../../../../../../.." + outside)) {
            Path root = kit.newRootfs();
            Files.createSymbolicLink(root.resolve("way-out"), Path.of(link));
            assertEquals(
                    "bound",
                    kit.answer(kit.command(show(Fact.FILE, "/way-out/made/file"))
                            .rootfs(Rootfs.directory(root))
                            .mount(Mount.bind(source, ContainerPath.of("/way-out/made")))));
            assertFalse(Files.exists(outside.resolve("made")), "a directory was made outside of the root");
        }
    }

    @Test
    @Needs({Feature.MOUNTS, Feature.ROOTFS_DIRECTORY})
    default void contentStaysInsideTheRoot(Kit kit) throws Exception {
        Path outside = kit.newDirectory("outside");
        Path root = kit.newRootfs();
        Files.createSymbolicLink(root.resolve("way-out"), outside);
        assertEquals(
                "told",
                kit.answer(kit.command(show(Fact.FILE, "/way-out/file"))
                        .rootfs(Rootfs.directory(root))
                        .mount(Mount.content(ContainerPath.of("/way-out/file"), "told", 0644))));
        assertFalse(Files.exists(outside.resolve("file")), "a file was made outside of the root");
    }

    @Test
    @Needs({Feature.DEVICES, Feature.DEVICE_NODES, Feature.ROOTFS_DIRECTORY})
    default void nodesStayInsideTheRoot(Kit kit) throws Exception {
        Path outside = kit.newDirectory("outside");
        Path root = kit.newRootfs();
        Files.createSymbolicLink(root.resolve("way-out"), outside);
        String answer = kit.answer(kit.command(show(Fact.STAT, "/way-out/node"))
                .rootfs(Rootfs.directory(root))
                .device(DeviceNode.character("/way-out/node", 1, 3)));
        assertTrue(answer.endsWith(";1:3"), answer);
        assertFalse(Files.exists(outside.resolve("node")), "a node was made outside of the root");
    }

    @Test
    @Needs(Feature.ROOTFS_DIRECTORY)
    default void theWorkingDirectoryStaysInsideTheRoot(Kit kit) throws Exception {
        Path outside = kit.newDirectory("outside");
        Path root = kit.newRootfs();
        Files.createSymbolicLink(root.resolve("way-out"), outside);
        assertEquals(
                outside + "/made",
                kit.answer(kit.command(kit.process(show(Fact.CWD)).cwd(ContainerPath.of("/way-out/made")))
                        .rootfs(Rootfs.directory(root))));
        assertFalse(Files.exists(outside.resolve("made")), "a directory was made outside of the root");
    }

    @Test
    @Needs({Feature.MASKED_PATHS, Feature.ROOTFS_DIRECTORY})
    default void maskedPathsStayInsideTheRoot(Kit kit) throws Exception {
        Path outside = Files.writeString(kit.newDirectory("outside").resolve("file"), "of the host");
        Path root = kit.newRootfs();
        Files.createSymbolicLink(root.resolve("way-out"), outside);
        kit.run(kit.command(line("x"))
                        .rootfs(Rootfs.directory(root))
                        .security(new Security(
                                Seccomp.UNCONFINED,
                                List.of(ContainerPath.of("/way-out")),
                                List.of(),
                                Optional.empty(),
                                true)))
                .succeeded();
        assertEquals("of the host", Files.readString(outside));
    }
}
