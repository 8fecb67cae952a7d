// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/**
 * What uname(2) says.
 *
 * @param release such as {@code 6.1.0-18-amd64}
 * @param version build of the kernel
 * @param machine such as {@code x86_64}
 */
public record SystemName(String release, String version, String machine) {}
