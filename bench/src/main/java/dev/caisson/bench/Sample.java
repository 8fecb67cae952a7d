// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import java.util.Arrays;

/**
 * The times of many rounds of one thing.
 *
 * @param nanos of each round, ascending
 */
record Sample(long[] nanos) {
    static Sample of(long[] rounds) {
        long[] sorted = rounds.clone();
        Arrays.sort(sorted);
        return new Sample(sorted);
    }

    double medianMillis() {
        return nanos[nanos.length / 2] / 1e6;
    }

    double p99Millis() {
        return nanos[(int) Math.min(nanos.length - 1L, Math.round(nanos.length * 0.99))] / 1e6;
    }
}
