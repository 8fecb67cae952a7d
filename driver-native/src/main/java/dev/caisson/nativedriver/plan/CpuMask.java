// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.nativedriver.procfs.NumberList;
import java.util.Arrays;
import java.util.BitSet;

/** Lists of processors or memory nodes, such as {@code 0-2,7}, as the bit masks of the kernel. */
final class CpuMask {
    private CpuMask() {}

    /** The mask in little-endian bytes, as many as whole words of 64 bits take. */
    static byte[] of(String list) {
        BitSet numbers = NumberList.parse(list);
        int words = (numbers.length() + Long.SIZE - 1) / Long.SIZE;
        return Arrays.copyOf(numbers.toByteArray(), words * Long.BYTES);
    }
}
