// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

/** Numbers as the kernel writes them. */
public final class Numbers {
    /** What stands for "no limit" in our results. */
    public static final long UNLIMITED = -1;

    /** cgroup v1 counts limits in pages: the largest is LONG_MAX rounded down to a page, of 4, 16 or 64 KiB. */
    private static final long LARGEST_LIMIT = 0x7fff_ffff_ffff_0000L;

    private Numbers() {}

    /** An unsigned number of up to 64 bits; one of more than 63 is capped. */
    static long parse(String format, String line, String word) {
        try {
            long value = Long.parseUnsignedLong(word);
            return value >= 0 ? value : Long.MAX_VALUE;
        } catch (NumberFormatException e) {
            throw new MalformedFileException(format, line, e);
        }
    }

    /** The content of a file that holds one number, which may be negative. */
    public static long single(String content) {
        String word = content.strip();
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            return parse("single number", word, word);
        }
    }

    /** The content of a file that holds a limit: {@link #UNLIMITED} for {@code max}, -1, or v1's largest number. */
    public static long limit(String content) {
        if (content.strip().equals("max")) {
            return UNLIMITED;
        }
        long value = single(content);
        return value < 0 || value >= LARGEST_LIMIT ? UNLIMITED : value;
    }
}
