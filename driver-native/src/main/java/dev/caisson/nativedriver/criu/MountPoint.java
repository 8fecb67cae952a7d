// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

/**
 * Something in the root that is mounted on.
 *
 * @param path in the container
 * @param directory or else a file
 */
public record MountPoint(String path, boolean directory) {}
