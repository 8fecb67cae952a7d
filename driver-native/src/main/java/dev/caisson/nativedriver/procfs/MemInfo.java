// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

/** {@code /proc/meminfo} (proc_meminfo(5)). */
public final class MemInfo {
    private static final String FORMAT = "/proc/meminfo";
    private static final int KIBIBYTE = 1024;

    private MemInfo() {}

    /** All memory of the machine in bytes. */
    public static long total(String content) {
        String line = content.lines()
                .filter(l -> l.startsWith("MemTotal:"))
                .findFirst()
                .orElseThrow(() -> new MalformedFileException(FORMAT, "(no line MemTotal)"));
        String[] words = line.split(" +");
        if (words.length != 3 || !words[2].equals("kB")) {
            throw new MalformedFileException(FORMAT, line);
        }
        return Numbers.parse(FORMAT, line, words[1]) * KIBIBYTE;
    }
}
