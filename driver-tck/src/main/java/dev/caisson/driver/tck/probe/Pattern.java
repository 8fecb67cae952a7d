// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.probe;

import java.nio.charset.StandardCharsets;

/** The endless bytes that {@link Verb#PRODUCE} writes: sixteen that repeat, so that a lost, doubled or swapped one shows. */
public final class Pattern {
    private static final byte[] LINE = "0123456789abcde\n".getBytes(StandardCharsets.US_ASCII);

    private Pattern() {}

    /** Returns the byte at a position. */
    public static byte at(long position) {
        return LINE[(int) (position % LINE.length)];
    }

    /** Fills a part of an array with what stands from a position on. */
    public static void fill(byte[] target, int offset, int length, long position) {
        for (int i = 0; i < length; i++) {
            target[offset + i] = at(position + i);
        }
    }
}
