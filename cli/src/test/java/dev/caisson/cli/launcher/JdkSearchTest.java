// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which directories {@code jdk.sh} takes for a JDK that is new enough. */
final class JdkSearchTest {
    @TempDir
    private Path directory;

    private SourceTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        tree = new SourceTree(directory);
    }

    private Outcome shell(String text) throws IOException, InterruptedException {
        return tree.script(Map.of()).run("sh", "-c", ". tree/cli/src/dist/lib/jdk.sh; " + text);
    }

    @ParameterizedTest
    @CsvSource({"25, 0", "25.0.1, 0", "26-ea, 0", "30.1, 0", "24.0.2, 1", "1.8.0_402, 1", "17.0.15, 1"})
    void acceptsByFeatureVersion(String version, int code) throws Exception {
        tree.jdk("some", version, version + "+1");

        assertEquals(code, shell("jdk_accept some").code());
    }

    @Test
    void readsTheRuntimeVersion() throws Exception {
        tree.jdk("some", "25.0.2", "25.0.2+10-LTS");

        assertEquals(
                "some 25.0.2+10-LTS\n",
                shell("jdk_accept some; echo $java_home $java_version").out());
    }

    @Test
    void refusesADirectoryWithoutJava() throws Exception {
        Path home = tree.jdk("some", "25", "25");
        Files.delete(home.resolve("bin/java"));

        assertEquals(1, shell("jdk_accept some").code());
    }

    @Test
    void prefersJavaHome() throws Exception {
        assertEquals(
                directory.resolve("jdk") + "\n",
                shell("jdk_find; echo $java_home").out());
    }

    @Test
    void explainsOnStandardErrorWhatToInstall() throws Exception {
        Outcome outcome = shell("jdk_explain");

        assertEquals("", outcome.out());
        assertTrue(outcome.err().startsWith("caisson: no Java 25 or later found"), outcome.err());
        assertTrue(outcome.err().lines().count() >= 3, outcome.err());
    }
}
