// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import java.time.Duration;

/** The first line of {@code /proc/stat} (proc_stat(5)): the time of all processors since boot. */
public final class SystemCpu {
    /** USER_HZ, what a clock tick is to user space on every architecture that has a JVM. */
    public static final int TICKS_PER_SECOND = 100;

    private static final String FORMAT = "/proc/stat";

    /** user, nice, system, idle, iowait, irq, softirq; guest time is part of user, and steal is not ours. */
    private static final int COUNTED = 7;

    private static final int MILLIS_PER_TICK = 1000 / TICKS_PER_SECOND;

    private SystemCpu() {}

    /**
     * The time that has passed on all processors, idle or not: the measure against which the share of a container is
     * computed.
     */
    public static Duration parse(String content) {
        String line = content.lines().findFirst().orElse("");
        String[] words = line.split(" +");
        if (!words[0].equals("cpu") || words.length <= COUNTED) {
            throw new MalformedFileException(FORMAT, line);
        }
        long ticks = 0;
        for (int i = 1; i <= COUNTED; i++) {
            ticks += Numbers.parse(FORMAT, line, words[i]);
        }
        return Duration.ofMillis(ticks * MILLIS_PER_TICK);
    }
}
