// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./caisson} in a source tree on a file system that is mounted read-only, as in an image or on a share. */
final class ReadOnlyTreeRootTest {
    @TempDir
    private Path directory;

    private SourceTree tree;

    @BeforeEach
    void makeTree() throws IOException {
        Assumptions.assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "needs root");
        tree = new SourceTree(directory);
    }

    @AfterEach
    void nothingStaysMounted() throws IOException {
        assertFalse(Files.readString(Path.of("/proc/self/mountinfo")).contains(directory.toString()));
    }

    private Outcome startReadOnly() throws IOException, InterruptedException {
        String mounts = "mount --bind tree tree && mount -o remount,bind,ro tree && exec tree/caisson hello";
        return tree.script(Map.of()).run("unshare", "--mount", "sh", "-c", mounts);
    }

    @Test
    void aBuiltOneRunsAsItIs() throws Exception {
        tree.caisson();
        Files.writeString(tree.root().resolve("pom.xml"), "changed");

        Outcome outcome = startReadOnly();

        assertEquals(0, outcome.code(), outcome.err());
        assertTrue(outcome.out().endsWith("<hello>\n"), outcome.out());
        assertEquals("", outcome.err());
        assertEquals(1, tree.builds());
    }

    @Test
    void oneThatWasNeverBuiltSaysWhatIsInTheWay() throws Exception {
        Outcome outcome = startReadOnly();

        assertEquals(125, outcome.code());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("Read-only file system"), outcome.err());
    }
}
