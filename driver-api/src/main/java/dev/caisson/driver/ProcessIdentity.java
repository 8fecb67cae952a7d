// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

/**
 * A process of the host that can't be mistaken for a later one with the same pid.
 *
 * @param pid as the engine's pid namespace sees it
 * @param startTime clock ticks since boot: field 22 of /proc/pid/stat, proc(5)
 */
public record ProcessIdentity(long pid, long startTime) {}
