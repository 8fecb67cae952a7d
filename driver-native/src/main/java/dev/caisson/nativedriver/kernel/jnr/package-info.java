// SPDX-License-Identifier: Apache-2.0
/**
 * The {@link dev.caisson.nativedriver.kernel.Kernel} over the C library, called through jffi, the layer under jnr-ffi.
 *
 * <p>jnr-ffi itself generates a class per interface, which costs a cold JVM five times as much as all of this package; the
 * figures are in {@code docs/decisions/0001-kernel-binding.md}.
 */
@NullMarked
package dev.caisson.nativedriver.kernel.jnr;

import org.jspecify.annotations.NullMarked;
