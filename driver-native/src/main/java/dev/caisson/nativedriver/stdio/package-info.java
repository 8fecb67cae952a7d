// SPDX-License-Identifier: Apache-2.0
/** Carries the bytes between the standard streams of processes and streams of Java, one virtual thread per stream. */
@NullMarked
package dev.caisson.nativedriver.stdio;

import org.jspecify.annotations.NullMarked;
