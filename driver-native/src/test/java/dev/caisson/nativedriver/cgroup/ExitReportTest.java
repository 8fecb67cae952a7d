// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExitReportTest {
    private static Optional<byte[]> bytes(String content) {
        return Optional.of(content.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void version1() {
        ExitReport report = ExitReport.parse(
                List.of(
                        "/cg/memory/a/memory.oom_control",
                        "/cg/memory/a/memory.max_usage_in_bytes",
                        "/cg/cpuacct/a/cpuacct.usage_user",
                        "/cg/cpuacct/a/cpuacct.usage_sys",
                        "/cg/blkio/a/blkio.throttle.io_service_bytes_recursive"),
                List.of(
                        bytes("oom_kill_disable 0\nunder_oom 0\noom_kill 1\n"),
                        bytes("8192\n"),
                        bytes("1000\n"),
                        bytes("2000\n"),
                        bytes("8:0 Read 10\n8:0 Write 20\n8:16 Read 5\nTotal 35\n")));
        assertEquals(
                new ExitReport(
                        1,
                        Optional.of(Duration.ofNanos(1000)),
                        Optional.of(Duration.ofNanos(2000)),
                        OptionalLong.of(8192),
                        OptionalLong.of(15),
                        OptionalLong.of(20)),
                report);
    }

    @Test
    void version2() {
        ExitReport report = ExitReport.parse(
                List.of("/cg/a/memory.events", "/cg/a/memory.peak", "/cg/a/cpu.stat", "/cg/a/io.stat"),
                List.of(
                        bytes("low 0\nhigh 0\nmax 3\noom 1\noom_kill 0\n"),
                        bytes("8192\n"),
                        bytes("usage_usec 3\nuser_usec 1\nsystem_usec 2\n"),
                        bytes("8:0 rbytes=10 wbytes=20 rios=1\n8:16 rbytes=5\n254:0 \n")));
        assertEquals(
                new ExitReport(
                        0,
                        Optional.of(Duration.ofNanos(1000)),
                        Optional.of(Duration.ofNanos(2000)),
                        OptionalLong.of(8192),
                        OptionalLong.of(15),
                        OptionalLong.of(20)),
                report);
    }

    @Test
    void whatIsMissingIsEmpty() {
        ExitReport report = ExitReport.parse(List.of("/cg/a/memory.events"), List.of(Optional.empty()));
        assertFalse(report.oomKilled());
        assertTrue(report.userCpu().isEmpty()
                && report.memoryPeak().isEmpty()
                && report.readBytes().isEmpty());
        assertThrows(IllegalArgumentException.class, () -> ExitReport.parse(List.of("/x"), List.of()));
    }

    @Test
    void aFileCutOffInTheMiddleOfALineCountsUpToThere() {
        ExitReport report =
                ExitReport.parse(List.of("/cg/a/io.stat"), List.of(bytes("8:0 rbytes=10 wbytes=20\n8:16 rby")));
        assertEquals(OptionalLong.of(10), report.readBytes());
    }
}
