// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/**
 * A watched descriptor on which a call would not wait now. An error or hang-up makes it both readable and writable, so
 * that the next call finds out.
 *
 * @param token the name it was watched under
 */
public record Ready(long token, boolean readable, boolean writable) {}
