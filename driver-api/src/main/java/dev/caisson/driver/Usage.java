// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a whole run has used: of all its processes where a cgroup counted them, else of the process and its waited-for
 * children (getrusage(2)).
 *
 * @param userCpu processor time in user mode
 * @param systemCpu processor time in the kernel
 * @param memoryPeak most bytes charged at one time; empty where nothing counted them
 * @param maxResident largest resident set of one process in bytes
 * @param readBytes bytes read from block devices, where counted
 * @param writtenBytes bytes written to block devices, where counted
 */
public record Usage(
        Duration userCpu,
        Duration systemCpu,
        OptionalLong memoryPeak,
        long maxResident,
        OptionalLong readBytes,
        OptionalLong writtenBytes) {
    public Usage {
        requireNonNull(userCpu, "userCpu is null");
        requireNonNull(systemCpu, "systemCpu is null");
        requireNonNull(memoryPeak, "memoryPeak is null");
        requireNonNull(readBytes, "readBytes is null");
        requireNonNull(writtenBytes, "writtenBytes is null");
    }

    /** Returns what is known of a run of which nothing was measured. */
    public static Usage unknown() {
        return new Usage(
                Duration.ZERO, Duration.ZERO, OptionalLong.empty(), 0, OptionalLong.empty(), OptionalLong.empty());
    }
}
