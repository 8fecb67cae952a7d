// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./caisson} in a source tree: when it builds, and what its user sees of it. */
final class LauncherTest {
    @TempDir
    private Path directory;

    private SourceTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = new SourceTree(directory);
    }

    @Test
    void theFirstStartBuildsAndTheSecondDoesNot() throws Exception {
        Outcome first = tree.caisson("run", "--", "a b", "", "c'd");
        Outcome second = tree.caisson("--version");

        assertEquals(1, tree.builds());
        assertEquals(0, first.code());
        assertTrue(first.out().endsWith("/caisson.jar><run><--><a b><><c'd>\n"), first.out());
        assertEquals(1, first.out().lines().count(), "nothing but the command's own output on stdout");
        assertTrue(first.err().contains("caisson: building"), first.err());
        assertEquals("", second.err());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.xml",
                ".mvn/jvm.config",
                "driver-api/src/main/java/A.java",
                "native/src/a.c",
                "native/include/a.h",
                "cli/src/dist/lib/jdk.sh",
                "build-tools/dist.sh"
            })
    void aChangedSourceIsBuilt(String file) throws Exception {
        tree.caisson();
        Path source = tree.root().resolve(file);
        Files.write(source, Files.readAllBytes(source));

        tree.caisson();
        tree.caisson();

        assertEquals(2, tree.builds());
    }

    @Test
    void aRemovedSourceIsBuilt() throws Exception {
        tree.caisson();
        Files.delete(tree.root().resolve("driver-api/src/main/java/A.java"));

        tree.caisson();

        assertEquals(2, tree.builds());
    }

    @Test
    void aChangedTestIsNotBuilt() throws Exception {
        tree.caisson();
        Files.writeString(tree.root().resolve("driver-api/src/test/java/ATest.java"), "changed");

        tree.caisson();

        assertEquals(1, tree.builds());
    }

    @Test
    void aFailedBuildTellsWhyAndWhereAndIsTriedAgain() throws Exception {
        Files.createFile(tree.mavenFile("fails"));

        Outcome outcome = tree.caisson("run", "true");

        assertEquals(125, outcome.code());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("[ERROR] a line that tells why"), outcome.err());
        assertTrue(outcome.err().contains("/target/build.log"), outcome.err());
        Files.delete(tree.mavenFile("fails"));
        assertEquals(0, tree.caisson().code());
        assertEquals(2, tree.builds());
    }

    @Test
    void startsAtTheSameTimeBuildOnce() throws Exception {
        Script script = tree.script(Map.of());
        assertEquals(
                0,
                script.run(
                                "mkfifo",
                                tree.mavenFile("gate").toString(),
                                tree.mavenFile("arrived").toString())
                        .code());
        String launcher = tree.root() + "/caisson";

        Script.Running first = script.start(launcher, "first");
        // Opening a pipe waits for its other side, which is not there if the launcher does not get that far.
        assertEquals(
                0,
                script.run("timeout", "60", "cat", tree.mavenFile("arrived").toString())
                        .code());
        Script.Running second = script.start(launcher, "second");
        assertEquals(
                0,
                script.run("timeout", "60", "sh", "-c", "echo go >" + tree.mavenFile("gate"))
                        .code());

        assertTrue(Script.finish(first).out().endsWith("<first>\n"));
        assertTrue(Script.finish(second).out().endsWith("<second>\n"));
        assertEquals(1, tree.builds());
    }

    @Test
    void worksThroughSymbolicLinksAndFromAnywhere() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("tree/caisson"));
        Path linkToLink = Files.createSymbolicLink(directory.resolve("bin/caisson"), link);
        Script script = tree.script(Map.of());

        assertEquals(0, script.run("sh", "-c", "cd / && " + linkToLink).code());
        assertEquals(0, script.run("sh", "-c", "cd tree && sh caisson").code());
        assertEquals(0, script.run("sh", "-c", "cd tree/cli && ../caisson").code());
        assertEquals(0, script.run("sh", "-c", "caisson").code());
        assertEquals(1, tree.builds());
        assertFalse(Files.exists(directory.resolve("dist")));
    }

    @Test
    void startsTheJvmInAUtf8LocaleAndTellsWhatItWas() throws Exception {
        String launcher = tree.root() + "/caisson";

        tree.script(Map.of("LC_ALL", "POSIX")).run(launcher);
        assertEquals("C.UTF-8 =POSIX\n", Files.readString(tree.javaFile("locale")));
        tree.script(Map.of("LC_ALL", "")).run(launcher);
        assertEquals("C.UTF-8 =\n", Files.readString(tree.javaFile("locale")));
        tree.script(Map.of()).run(launcher);
        assertEquals("C.UTF-8 \n", Files.readString(tree.javaFile("locale")));
    }

    @Test
    void takesTheJvmOptionsOfItsEnvironment() throws Exception {
        tree.caisson();

        Outcome outcome =
                tree.script(Map.of("CAISSON_JAVA_OPTS", "-Xmx7m -Dx=y")).run(tree.root() + "/caisson");

        assertTrue(outcome.out().contains("<-Xmx7m><-Dx=y>"), outcome.out());
    }
}
