// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import java.util.BitSet;

/** Lists of processors or memory nodes such as {@code 0-2,7} (cpuset(7), "List format"). */
public final class NumberList {
    private static final String FORMAT = "list of numbers";

    /** Far above what Linux can be built for. */
    private static final int LARGEST = 1 << 20;

    private NumberList() {}

    /** The numbers; an empty list has none. */
    public static BitSet parse(String content) {
        BitSet numbers = new BitSet();
        String list = content.strip();
        if (list.isEmpty()) {
            return numbers;
        }
        for (String range : list.split(",", -1)) {
            int dash = range.indexOf('-');
            long first = Numbers.parse(FORMAT, list, dash < 0 ? range : range.substring(0, dash));
            long last = dash < 0 ? first : Numbers.parse(FORMAT, list, range.substring(dash + 1));
            if (first > last || last > LARGEST) {
                throw new MalformedFileException(FORMAT, list);
            }
            numbers.set((int) first, (int) last + 1);
        }
        return numbers;
    }
}
