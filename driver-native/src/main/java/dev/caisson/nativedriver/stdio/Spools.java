// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

/**
 * How much of a process's output was consumed before this engine came.
 *
 * @param stdoutConsumed bytes
 * @param stderrConsumed bytes
 */
public record Spools(long stdoutConsumed, long stderrConsumed) {
    /** Of a process that this engine has started. */
    public static final Spools FRESH = new Spools(0, 0);
}
