// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import dev.caisson.driver.stats.BlockIoStats;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of cgroup v1's blkio controller: lines {@code major:minor operation count}, or without an operation, and a last
 * line {@code Total count} (Documentation/admin-guide/cgroup-v1/blkio-controller.rst).
 */
public final class BlockIoFile {
    private static final String FORMAT = "blkio file";

    private BlockIoFile() {}

    /** The counters of the devices, without the total over all. */
    public static List<BlockIoStats.Entry> parse(String content) {
        List<BlockIoStats.Entry> entries = new ArrayList<>();
        content.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] words = line.strip().split(" +");
            int colon = words[0].indexOf(':');
            if (colon > 0) {
                entries.add(entry(line, words, colon));
            } else if (!words[0].equals("Total") || words.length != 2) {
                throw new MalformedFileException(FORMAT, line);
            }
        });
        return entries;
    }

    private static BlockIoStats.Entry entry(String line, String[] words, int colon) {
        if (words.length != 2 && words.length != 3) {
            throw new MalformedFileException(FORMAT, line);
        }
        return new BlockIoStats.Entry(
                Numbers.parse(FORMAT, line, words[0].substring(0, colon)),
                Numbers.parse(FORMAT, line, words[0].substring(colon + 1)),
                words.length == 3 ? words[1] : "",
                Numbers.parse(FORMAT, line, words[words.length - 1]));
    }
}
