// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/**
 * Something happened to a watched path.
 *
 * @param watch the number {@link EventCalls#watchModification} gave; -1 when the queue overflowed
 * @param removed the watch is gone, because the file is
 */
public record InotifyEvent(int watch, boolean removed) {}
