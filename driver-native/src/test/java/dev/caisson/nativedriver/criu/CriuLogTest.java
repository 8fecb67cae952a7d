// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CriuLogTest {
    @TempDir
    private Path directory;

    private List<String> reasons(String text) throws Exception {
        Path file = Files.write(directory.resolve("log"), text.getBytes(StandardCharsets.ISO_8859_1));
        return new CriuLog(file).reasons();
    }

    @Test
    void findsReasonsAndNoNoise() throws Exception {
        assertEquals(
                List.of(
                        "execvp(\"iptables-restore\", ...) failed: No such file or directory",
                        "net: Locking network failed",
                        "Can't open \u00ffname"),
                reasons("""
                        (00.037581) Error (criu/util.c:1534): rlimit: Can't setup RLIMIT_NOFILE for self: Operation not permitted
                        (00.1) Warn  (criu/x.c:1): Error (is not one)
                        Error (criu/util.c:642): execvp("iptables-restore", ...) failed: No such file or directory
                        (00.143432) Error (criu/util.c:657): exited, status=1
                        (00.143912) Error (criu/net.c:3436): net: Locking network failed
                        (00.143913) Error (criu/net.c:3436): net: Locking network failed
                        (00.200000)      1: Error (criu/files.c:1221): Can't open \u00ffname
                        (00.146112) Error (criu/cr-dump.c:1975): Dumping FAILED.
                        """));
    }

    @Test
    void aFewAreEnough() throws Exception {
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            many.append("(00.1) Error (criu/x.c:1): reason ").append(i).append('\n');
        }
        assertEquals(List.of("reason 0", "reason 1", "reason 2", "reason 3"), reasons(many.toString()));
    }

    @Test
    void noLogGivesNoReason() {
        assertEquals(List.of(), new CriuLog(directory.resolve("absent")).reasons());
    }
}
