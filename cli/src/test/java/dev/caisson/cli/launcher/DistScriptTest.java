// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code build-tools/dist.sh}: what it replaces, what it leaves alone, what it removes. */
final class DistScriptTest {
    @TempDir
    private Path directory;

    private SourceTree tree;
    private Path dist;

    @BeforeEach
    void makeTree() throws IOException {
        tree = new SourceTree(directory);
        dist = directory.resolve("dist");
        for (String jar : new String[] {"main.jar", "one.jar", "two.jar"}) {
            Files.writeString(directory.resolve(jar), jar);
        }
    }

    private Outcome assemble(String classPath) throws IOException, InterruptedException {
        Files.writeString(directory.resolve("class-path"), classPath);
        return tree.script(Map.of())
                .run(
                        tree.root() + "/build-tools/dist.sh",
                        "dist",
                        "main.jar",
                        "class-path",
                        "20260304050607089",
                        "jdk");
    }

    @Test
    void assemblesAndTellsWhenTheBuildBegan() throws Exception {
        Outcome outcome = assemble("one.jar:two.jar");

        assertEquals(0, outcome.code(), outcome.err());
        assertEquals("main.jar", Files.readString(dist.resolve("lib/caisson.jar")));
        assertEquals("two.jar", Files.readString(dist.resolve("lib/two.jar")));
        assertTrue(Files.isExecutable(dist.resolve("bin/caisson")));
        assertEquals(
                Instant.parse("2026-03-04T05:06:07.089Z"),
                Files.getLastModifiedTime(dist.resolve(".built")).toInstant());
    }

    @Test
    void replacesOnlyWhatChangedAndNeverInPlace() throws Exception {
        assemble("one.jar:two.jar");
        FileTime time = FileTime.fromMillis(1_000_000);
        Files.setLastModifiedTime(dist.resolve("lib/one.jar"), time);
        Object inode = Files.getAttribute(dist.resolve("lib/two.jar"), "unix:ino");
        Files.writeString(directory.resolve("two.jar"), "new");

        assemble("one.jar:two.jar");

        assertEquals(time, Files.getLastModifiedTime(dist.resolve("lib/one.jar")));
        assertEquals("new", Files.readString(dist.resolve("lib/two.jar")));
        assertNotEquals(inode, Files.getAttribute(dist.resolve("lib/two.jar"), "unix:ino"));
    }

    @Test
    void removesJarsThatAreNoLongerWanted() throws Exception {
        assemble("one.jar:two.jar");

        assemble("two.jar");

        assertFalse(Files.exists(dist.resolve("lib/one.jar")));
        assertTrue(Files.exists(dist.resolve("lib/two.jar")));
    }

    @Test
    void aMissingJarFailsAndIsNoFreshBuild() throws Exception {
        Outcome outcome = assemble("one.jar:none.jar");

        assertNotEquals(0, outcome.code());
        assertTrue(outcome.err().contains("none.jar"), outcome.err());
        assertFalse(Files.exists(dist.resolve(".built")));
    }
}
