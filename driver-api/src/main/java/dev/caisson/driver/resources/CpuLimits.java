// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.resources;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Limits of processor time. Times are microseconds.
 *
 * @param shares weight against others, 2 to 262144; 1024 is usual (converted to a weight on cgroup v2)
 * @param quota processor time within each period, 1000 and above, -1 for no limit
 * @param burst quota that may be saved up for later periods
 * @param period length of a period, 1000 to 1000000
 * @param realtimeRuntime time for real-time tasks within a real-time period (cgroup v1)
 * @param realtimePeriod length of a real-time period (cgroup v1)
 * @param cpus which processors, as {@code 0-2,7}
 * @param mems which memory nodes, as {@code 0-1}
 * @param idle 1: scheduled only when nothing else wants to run, 0: usual
 */
public record CpuLimits(
        OptionalLong shares,
        OptionalLong quota,
        OptionalLong burst,
        OptionalLong period,
        OptionalLong realtimeRuntime,
        OptionalLong realtimePeriod,
        Optional<String> cpus,
        Optional<String> mems,
        OptionalLong idle)
        implements Checked {
    private static final String LIST = "[0-9]+(-[0-9]+)?(,[0-9]+(-[0-9]+)?)*";

    public CpuLimits {
        requireNonNull(shares, "shares is null");
        requireNonNull(quota, "quota is null");
        requireNonNull(burst, "burst is null");
        requireNonNull(period, "period is null");
        requireNonNull(realtimeRuntime, "realtimeRuntime is null");
        requireNonNull(realtimePeriod, "realtimePeriod is null");
        requireNonNull(cpus, "cpus is null");
        requireNonNull(mems, "mems is null");
        requireNonNull(idle, "idle is null");
    }

    /** Returns no limits. */
    public static CpuLimits none() {
        return builder().build();
    }

    /** Returns a builder without limits. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public void check(Checker checker) {
        shares.ifPresent(value -> checker.at("shares").range(value, 2, 262_144));
        quota.ifPresent(value -> checker.at("quota")
                .require(
                        value == -1 || value >= 1000,
                        value + " us is no quota",
                        "give 1000 or more microseconds, or -1 for no limit"));
        period.ifPresent(value -> checker.at("period").range(value, 1000, 1_000_000));
        burst.ifPresent(value -> checker.at("burst").require(value >= 0, value + " us is negative", "give 0 or more"));
        realtimeRuntime.ifPresent(value -> checker.at("realtimeRuntime")
                .require(value >= -1, value + " us is negative", "give 0 or more microseconds, or -1 for no limit"));
        realtimePeriod.ifPresent(value -> checker.at("realtimePeriod")
                .require(value > 0, value + " us is no period", "give 1 or more microseconds"));
        cpus.ifPresent(list -> checkList(checker.at("cpus"), list));
        mems.ifPresent(list -> checkList(checker.at("mems"), list));
        idle.ifPresent(value -> checker.at("idle").range(value, 0, 1));
    }

    private static void checkList(Checker checker, String list) {
        checker.require(list.matches(LIST), "\"" + list + "\" is no list of numbers", "give it as 0-2,7");
    }

    /** Makes {@link CpuLimits}. Not thread-safe. */
    public static final class Builder {
        private OptionalLong shares = OptionalLong.empty();
        private OptionalLong quota = OptionalLong.empty();
        private OptionalLong burst = OptionalLong.empty();
        private OptionalLong period = OptionalLong.empty();
        private OptionalLong realtimeRuntime = OptionalLong.empty();
        private OptionalLong realtimePeriod = OptionalLong.empty();
        private Optional<String> cpus = Optional.empty();
        private Optional<String> mems = Optional.empty();
        private OptionalLong idle = OptionalLong.empty();

        private Builder() {}

        public Builder shares(long value) {
            shares = OptionalLong.of(value);
            return this;
        }

        /** Limits to that many processors' time, such as 0.5: a quota within a period of 100 ms, as Docker's --cpus. */
        public Builder processors(double value) {
            return period(100_000).quota(Math.round(value * 100_000));
        }

        public Builder quota(long micros) {
            quota = OptionalLong.of(micros);
            return this;
        }

        public Builder burst(long micros) {
            burst = OptionalLong.of(micros);
            return this;
        }

        public Builder period(long micros) {
            period = OptionalLong.of(micros);
            return this;
        }

        public Builder realtimeRuntime(long micros) {
            realtimeRuntime = OptionalLong.of(micros);
            return this;
        }

        public Builder realtimePeriod(long micros) {
            realtimePeriod = OptionalLong.of(micros);
            return this;
        }

        public Builder cpus(String list) {
            cpus = Optional.of(list);
            return this;
        }

        public Builder mems(String list) {
            mems = Optional.of(list);
            return this;
        }

        public Builder idle(boolean value) {
            idle = OptionalLong.of(value ? 1 : 0);
            return this;
        }

        public CpuLimits build() {
            return new CpuLimits(shares, quota, burst, period, realtimeRuntime, realtimePeriod, cpus, mems, idle);
        }
    }
}
