// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.stats.BlockIoStats;
import dev.caisson.nativedriver.procfs.BlockIoFile;
import dev.caisson.nativedriver.procfs.FlatKeyed;
import dev.caisson.nativedriver.procfs.NestedKeyed;
import dev.caisson.nativedriver.procfs.Numbers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What a container's cgroup said when its first process had ended, read from the files of
 * {@link CgroupPlan#reportFiles()}. What was not counted is empty.
 *
 * @param oomKills how many of its processes the kernel killed for want of memory
 * @param userCpu processor time in user mode of all its processes
 * @param systemCpu processor time in the kernel
 * @param memoryPeak most bytes at one time
 * @param readBytes from block devices
 * @param writtenBytes to block devices
 */
public record ExitReport(
        long oomKills,
        Optional<Duration> userCpu,
        Optional<Duration> systemCpu,
        OptionalLong memoryPeak,
        OptionalLong readBytes,
        OptionalLong writtenBytes) {
    /** Whether any process was. */
    public boolean oomKilled() {
        return oomKills > 0;
    }

    /**
     * Reads a report.
     *
     * @param paths of the files
     * @param contents of the same files, empty for one that could not be read
     */
    public static ExitReport parse(List<String> paths, List<Optional<byte[]>> contents) {
        if (paths.size() != contents.size()) {
            throw new IllegalArgumentException(paths.size() + " files were asked for, " + contents.size() + " came");
        }
        Map<String, String> files = new HashMap<>();
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            contents.get(i).ifPresent(bytes -> files.put(path.substring(path.lastIndexOf('/') + 1), wholeLines(bytes)));
        }
        return new Reader(files).report();
    }

    /** A file longer than what is reported ends in the middle of a line. */
    private static String wholeLines(byte[] bytes) {
        String content = new String(bytes, StandardCharsets.UTF_8);
        return content.substring(0, content.lastIndexOf('\n') + 1);
    }

    /** The files by name; no controller has a file of the same name as another. */
    private record Reader(Map<String, String> files) {
        ExitReport report() {
            Map<String, Long> cpu = counters("cpu.stat");
            return new ExitReport(
                    Stream.of("memory.oom_control", "memory.events")
                            .mapToLong(file -> counters(file).getOrDefault("oom_kill", 0L))
                            .sum(),
                    nanos("cpuacct.usage_user").or(() -> micros(cpu, "user_usec")),
                    nanos("cpuacct.usage_sys").or(() -> micros(cpu, "system_usec")),
                    memoryPeak(),
                    bytes("Read", "rbytes"),
                    bytes("Write", "wbytes"));
        }

        private Map<String, Long> counters(String file) {
            String content = files.get(file);
            return content == null ? Map.of() : FlatKeyed.parse(content);
        }

        private Optional<Duration> nanos(String file) {
            return Optional.ofNullable(files.get(file)).map(Numbers::single).map(Duration::ofNanos);
        }

        private static Optional<Duration> micros(Map<String, Long> counters, String name) {
            return Optional.ofNullable(counters.get(name)).map(value -> Duration.of(value, ChronoUnit.MICROS));
        }

        private OptionalLong memoryPeak() {
            return Stream.of("memory.max_usage_in_bytes", "memory.peak")
                    .flatMap(file -> Optional.ofNullable(files.get(file)).stream())
                    .mapToLong(Numbers::single)
                    .findFirst();
        }

        /** Over all devices; in the words of v1 or of v2. */
        private OptionalLong bytes(String operation, String key) {
            String v1 = files.get("blkio.throttle.io_service_bytes_recursive");
            if (v1 != null) {
                return OptionalLong.of(BlockIoFile.parse(v1).stream()
                        .filter(entry -> entry.operation().equals(operation))
                        .mapToLong(BlockIoStats.Entry::value)
                        .sum());
            }
            String v2 = files.get("io.stat");
            if (v2 == null) {
                return OptionalLong.empty();
            }
            return OptionalLong.of(NestedKeyed.parse(v2).values().stream()
                    .map(values -> values.getOrDefault(key, "0"))
                    .mapToLong(Numbers::single)
                    .sum());
        }
    }
}
