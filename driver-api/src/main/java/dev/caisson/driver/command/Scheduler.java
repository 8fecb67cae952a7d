// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * How the kernel schedules a process, sched_setattr(2). Times are nanoseconds.
 *
 * @param policy which
 * @param nice -20 to 19, for OTHER and BATCH
 * @param priority 1 to 99, for FIFO and RR
 * @param flags further wishes
 * @param runtime for DEADLINE
 * @param deadline for DEADLINE
 * @param period for DEADLINE
 */
public record Scheduler(
        Policy policy, int nice, int priority, Set<Flag> flags, long runtime, long deadline, long period)
        implements Checked {
    /** The policies with the kernel's numbers. */
    public enum Policy {
        OTHER(0),
        FIFO(1),
        RR(2),
        BATCH(3),
        IDLE(5),
        DEADLINE(6);

        private final int number;

        Policy(int number) {
            this.number = number;
        }

        /** Returns the kernel's number. */
        public int number() {
            return number;
        }
    }

    /** The flags with the kernel's bits. */
    public enum Flag {
        RESET_ON_FORK(0x01),
        RECLAIM(0x02),
        DL_OVERRUN(0x04),
        KEEP_POLICY(0x08),
        KEEP_PARAMS(0x10),
        UTIL_CLAMP_MIN(0x20),
        UTIL_CLAMP_MAX(0x40);

        private final long bit;

        Flag(long bit) {
            this.bit = bit;
        }

        /** Returns the kernel's bit. */
        public long bit() {
            return bit;
        }
    }

    public Scheduler {
        requireNonNull(policy, "policy is null");
        EnumSet<Flag> copy = EnumSet.noneOf(Flag.class);
        copy.addAll(flags);
        flags = Collections.unmodifiableSet(copy);
    }

    /** Returns the usual policy with a nice value. */
    public static Scheduler ofNice(int nice) {
        return new Scheduler(Policy.OTHER, nice, 0, Set.of(), 0, 0, 0);
    }

    @Override
    public void check(Checker checker) {
        checker.at("nice").range(nice, -20, 19);
        boolean realtime = policy == Policy.FIFO || policy == Policy.RR;
        checker.at("priority").range(priority, realtime ? 1 : 0, realtime ? 99 : 0);
        boolean times = runtime != 0 || deadline != 0 || period != 0;
        checker.require(
                !times || policy == Policy.DEADLINE,
                "gives times to policy " + policy,
                "give runtime, deadline and period to DEADLINE only");
    }
}
