// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.stats;

import java.util.List;

/**
 * Block devices; each list has one entry per device and operation. Lists that the kernel doesn't count are empty.
 *
 * @param serviceBytes bytes
 * @param serviced operations
 * @param queued operations that wait
 * @param serviceTime nanoseconds of work
 * @param waitTime nanoseconds of waiting
 * @param merged operations merged into others
 * @param time milliseconds of device time
 * @param sectors sectors
 */
public record BlockIoStats(
        List<Entry> serviceBytes,
        List<Entry> serviced,
        List<Entry> queued,
        List<Entry> serviceTime,
        List<Entry> waitTime,
        List<Entry> merged,
        List<Entry> time,
        List<Entry> sectors) {
    /**
     * One counter.
     *
     * @param major the device's major number
     * @param minor the device's minor number
     * @param operation Read, Write, Sync, Async, Discard or Total; empty where the kernel names none
     * @param value the count
     */
    public record Entry(long major, long minor, String operation, long value) {}

    public BlockIoStats {
        serviceBytes = List.copyOf(serviceBytes);
        serviced = List.copyOf(serviced);
        queued = List.copyOf(queued);
        serviceTime = List.copyOf(serviceTime);
        waitTime = List.copyOf(waitTime);
        merged = List.copyOf(merged);
        time = List.copyOf(time);
        sectors = List.copyOf(sectors);
    }
}
