// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

/**
 * A filter as the kernel takes it, seccomp(2).
 *
 * @param flags SECCOMP_FILTER_FLAG_*
 * @param instructions an array of {@code struct sock_filter}; not to be changed by whoever reads it
 */
public record SeccompFilter(int flags, byte[] instructions) {}
