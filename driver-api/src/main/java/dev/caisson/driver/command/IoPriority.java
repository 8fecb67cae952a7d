// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;

/**
 * A process's priority at block devices, ioprio_set(2).
 *
 * @param level which class
 * @param priority 0 (first) to 7
 */
public record IoPriority(Level level, int priority) implements Checked {
    /** The classes, in the order of the kernel's numbers from 1. */
    public enum Level {
        REALTIME,
        BEST_EFFORT,
        IDLE;

        /** Returns the kernel's number. */
        public int number() {
            return ordinal() + 1;
        }
    }

    public IoPriority {
        requireNonNull(level, "level is null");
    }

    @Override
    public void check(Checker checker) {
        checker.at("priority").range(priority, 0, 7);
    }
}
