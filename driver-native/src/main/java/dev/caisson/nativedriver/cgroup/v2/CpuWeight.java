// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v2;

/** Turns the shares of cgroup v1 into the weight of v2. */
public final class CpuWeight {
    private static final long FEWEST_SHARES = 2;
    private static final long MOST_SHARES = 262_144;
    private static final long LEAST_WEIGHT = 1;
    private static final long LARGEST_WEIGHT = 10_000;

    private CpuWeight() {}

    /**
     * The weight for so many shares. A quadratic function of the logarithm fits the least, the usual and the largest values
     * of both (2 and 1, 1024 and 100, 262144 and 10000); it is that of runc since 1.3.2 and crun since 1.23.
     */
    public static long ofShares(long shares) {
        if (shares <= FEWEST_SHARES) {
            return LEAST_WEIGHT;
        }
        if (shares >= MOST_SHARES) {
            return LARGEST_WEIGHT;
        }
        double log = Math.log((double) shares) / Math.log(2);
        double exponent = (log * log + 125 * log) / 612 - 7.0 / 34;
        return (long) Math.ceil(Math.pow(10, exponent));
    }
}
