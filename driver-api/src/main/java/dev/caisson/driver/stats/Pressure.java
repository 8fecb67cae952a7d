// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.stats;

import java.time.Duration;

/**
 * How much work waited for a resource.
 *
 * @param some at least one task waited
 * @param full all tasks waited
 */
public record Pressure(Share some, Share full) {
    /**
     * Shares of time in percent, and the whole time.
     *
     * @param average10 over the last 10 seconds
     * @param average60 over the last minute
     * @param average300 over the last five minutes
     * @param total since the start
     */
    public record Share(double average10, double average60, double average300, Duration total) {}
}
