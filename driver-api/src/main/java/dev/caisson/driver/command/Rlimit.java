// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;

/**
 * A limit of one process, getrlimit(2).
 *
 * @param type which
 * @param soft that is in force, -1 for none
 * @param hard up to which the process may raise it, -1 for none
 */
public record Rlimit(Type type, long soft, long hard) implements Checked {
    /** The resources, in the order of the kernel's numbers (the generic ones, of x86 and ARM). */
    public enum Type {
        CPU,
        FSIZE,
        DATA,
        STACK,
        CORE,
        RSS,
        NPROC,
        NOFILE,
        MEMLOCK,
        AS,
        LOCKS,
        SIGPENDING,
        MSGQUEUE,
        NICE,
        RTPRIO,
        RTTIME;

        /** Returns the kernel's number. */
        public int number() {
            return ordinal();
        }
    }

    public Rlimit {
        requireNonNull(type, "type is null");
    }

    @Override
    public void check(Checker checker) {
        checker.at("soft").require(soft >= -1, soft + " is negative", "give 0 or more, or -1 for no limit");
        checker.at("hard").require(hard >= -1, hard + " is negative", "give 0 or more, or -1 for no limit");
        checker.require(
                Long.compareUnsigned(soft, hard) <= 0,
                "soft limit " + soft + " is above the hard limit " + hard,
                "give a soft limit of at most the hard one");
    }
}
