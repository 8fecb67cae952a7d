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
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An assembled {@code dist/} and its start-up cache, which must never be older than the jars. */
final class StartUpCacheTest {
    @TempDir
    private Path directory;

    private SourceTree tree;
    private Path dist;
    private Path cache;

    @BeforeEach
    void makeDistribution() throws IOException {
        tree = new SourceTree(directory);
        dist = directory.resolve("unpacked");
        cache = dist.resolve("lib/caisson-25.0.9+3-LTS.aot");
    }

    private void build() throws IOException, InterruptedException {
        assertEquals(0, tree.caisson().code());
        Files.move(tree.root().resolve("dist"), dist);
    }

    private Outcome start() throws IOException, InterruptedException {
        return tree.script(Map.of()).run(dist + "/bin/caisson");
    }

    @Test
    void theBuildMakesItAndTheCommandTakesIt() throws Exception {
        build();

        Outcome outcome = start();

        assertTrue(
                outcome.out().contains("-XX:AOTCache=" + dist + "/bin/../lib/caisson-25.0.9+3-LTS.aot>"),
                outcome.out());
        assertEquals("", outcome.err());
    }

    @Test
    void isMadeAgainWhenAJarHasAnotherTime() throws Exception {
        build();
        String key = Files.readString(dist.resolve("lib/caisson-25.0.9+3-LTS.aot.key"));
        Files.setLastModifiedTime(dist.resolve("lib/caisson.jar"), FileTime.fromMillis(1_000_000));
        Files.writeString(cache, "stale");

        Outcome outcome = start();

        assertEquals("cache\n", Files.readString(cache));
        assertNotEquals(key, Files.readString(dist.resolve("lib/caisson-25.0.9+3-LTS.aot.key")));
        assertTrue(outcome.out().contains("-XX:AOTCache="), outcome.out());
    }

    @Test
    void isMadeForAnotherJdkBesideTheFirst() throws Exception {
        build();
        Path other = tree.jdk("other", "26", "26-ea+12");

        Outcome outcome = tree.script(Map.of("JAVA_HOME", other.toString())).run(dist + "/bin/caisson");

        assertTrue(outcome.out().contains("lib/caisson-26-ea+12.aot>"), outcome.out());
        assertTrue(Files.exists(cache));
    }

    @Test
    void oneThatCannotBeMadeIsToldOnceAndStopsNothing() throws Exception {
        build();
        Files.createFile(tree.javaFile("fails"));
        Files.setLastModifiedTime(dist.resolve("lib/caisson.jar"), FileTime.fromMillis(1_000_000));

        Outcome first = start();
        Outcome second = start();

        assertEquals(0, first.code());
        assertFalse(first.out().contains("AOTCache="), first.out());
        assertTrue(first.err().contains("starts will be slower"), first.err());
        assertTrue(Files.exists(dist.resolve("lib/caisson-25.0.9+3-LTS.aot.log")));
        assertEquals("", second.err());
        assertFalse(second.out().contains("AOTCache="), second.out());
    }
}
