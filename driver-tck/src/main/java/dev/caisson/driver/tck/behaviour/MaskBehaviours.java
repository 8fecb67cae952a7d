// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.attempt;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Defaults;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.probe.Deed;
import dev.caisson.driver.tck.probe.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Paths that are hidden or kept as they are. */
public interface MaskBehaviours {
    private static Security hiding(List<ContainerPath> masked, List<ContainerPath> readonly) {
        return new Security(Seccomp.UNCONFINED, masked, readonly, Optional.empty(), true);
    }

    private static Path rootfs(Kit kit) throws IOException {
        Path root = kit.newRootfs();
        Files.writeString(root.resolve("secret"), "of the host");
        Files.createDirectory(root.resolve("secrets"));
        Files.writeString(root.resolve("secrets/one"), "of the host");
        return root;
    }

    @Test
    @Needs({Feature.MASKED_PATHS, Feature.ROOTFS_DIRECTORY})
    @Observes("security.maskedPaths")
    default void maskedPathsAreEmpty(Kit kit) throws Exception {
        List<ContainerPath> paths = Stream.of("/secret", "/secrets", "/not/there")
                .map(ContainerPath::of)
                .toList();
        assertEquals(
                List.of("", "", "character special file;1:3"),
                kit
                        .answers(kit.command(
                                        show(Fact.FILE, "/secret"),
                                        show(Fact.LIST, "/secrets"),
                                        show(Fact.STAT, "/secret"))
                                .rootfs(Rootfs.directory(rootfs(kit)))
                                .security(hiding(paths, List.of())))
                        .stream()
                        .map(line -> line.replaceFirst(";\\d+;\\d+:\\d+;", ";"))
                        .toList());
    }

    @Test
    @Needs({Feature.MASKED_PATHS, Feature.ROOTFS_DIRECTORY})
    @Observes("security.maskedPaths")
    default void maskedPathsCantBeWrittenTo(Kit kit) throws Exception {
        List<String> lines = kit.answers(kit.command(attempt(Deed.WRITE, "/secrets/new", "x"))
                .rootfs(Rootfs.directory(rootfs(kit)))
                .security(hiding(List.of(ContainerPath.of("/secrets")), List.of())));
        assertTrue(lines.get(0).contains("Read-only file system"), lines::toString);
    }

    @Test
    @Needs({Feature.MASKED_PATHS, Feature.ROOTFS_DIRECTORY})
    @Observes("security.readonlyPaths")
    default void readonlyPathsCantBeWrittenTo(Kit kit) throws Exception {
        List<ContainerPath> paths = Stream.of("/secret", "/secrets", "/not/there")
                .map(ContainerPath::of)
                .toList();
        List<String> lines = kit.answers(kit.command(
                        attempt(Deed.WRITE, "/secret", "x"),
                        attempt(Deed.WRITE, "/secrets/one", "x"),
                        show(Fact.FILE, "/secrets/one"),
                        attempt(Deed.WRITE, "/tmp/x", "x"))
                .rootfs(Rootfs.directory(rootfs(kit)))
                .security(hiding(List.of(), paths)));
        assertTrue(lines.get(0).contains("Read-only file system"), lines::toString);
        assertTrue(lines.get(1).contains("Read-only file system"), lines::toString);
        assertEquals(List.of("of the host", "ok"), lines.subList(2, 4));
    }

    @Test
    @Needs({Feature.MASKED_PATHS, Feature.MOUNTS, Feature.SECCOMP})
    @Observes({"security.maskedPaths", "security.readonlyPaths"})
    default void theStandardPathsAreHiddenAndKept(Kit kit) throws Exception {
        List<String> lines = kit.answers(kit.command(
                        show(Fact.FILE, "/proc/timer_list"), attempt(Deed.WRITE, "/proc/sys/kernel/domainname", "x"))
                .mounts(Defaults.mounts())
                .security(Defaults.security()));
        assertEquals("", lines.get(0));
        assertTrue(lines.get(1).contains("Read-only file system"), lines::toString);
    }
}
