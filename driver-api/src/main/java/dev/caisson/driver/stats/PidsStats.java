// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.stats;

/**
 * Processes and threads.
 *
 * @param current now
 * @param limit -1 for none
 */
public record PidsStats(long current, long limit) {}
