// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.stats;

/**
 * One kind of memory, in bytes.
 *
 * @param usage now
 * @param max most at one time
 * @param limit -1 for none
 * @param failures how often the limit was hit
 */
public record MemoryCounter(long usage, long max, long limit, long failures) {}
