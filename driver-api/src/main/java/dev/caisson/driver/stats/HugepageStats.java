// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.stats;

/**
 * Huge pages of one size, in bytes.
 *
 * @param usage now
 * @param max most at one time
 * @param failures how often the limit was hit
 */
public record HugepageStats(long usage, long max, long failures) {}
