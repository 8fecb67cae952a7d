// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import java.util.BitSet;

/** Lists of processors or memory nodes, such as {@code 0-2,7}, as the bit masks of the kernel. */
final class CpuMask {
    private CpuMask() {}

    /** The mask in little-endian bytes, as many as whole words of 64 bits take. */
    static byte[] of(String list) {
        BitSet bits = new BitSet();
        for (String range : list.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = Integer.parseInt(dash < 0 ? range : range.substring(0, dash));
            int last = dash < 0 ? first : Integer.parseInt(range.substring(dash + 1));
            bits.set(first, last + 1);
        }
        byte[] mask = new byte[(bits.length() + Long.SIZE - 1) / Long.SIZE * Long.BYTES];
        byte[] significant = bits.toByteArray();
        System.arraycopy(significant, 0, mask, 0, significant.length);
        return mask;
    }
}
