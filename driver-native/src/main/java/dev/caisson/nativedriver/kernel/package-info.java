// SPDX-License-Identifier: Apache-2.0
/**
 * The one way from Java to the kernel.
 *
 * <p>{@link dev.caisson.nativedriver.kernel.Kernel} groups the calls by what they act on. Every call throws the unchecked
 * {@link dev.caisson.nativedriver.kernel.KernelException} when the kernel refuses; {@code EINTR} never reaches a caller.
 * Strings go to the kernel as UTF-8, whatever the locale of the JVM.
 */
@NullMarked
package dev.caisson.nativedriver.kernel;

import org.jspecify.annotations.NullMarked;
