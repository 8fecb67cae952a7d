// SPDX-License-Identifier: Apache-2.0
/** A kernel for unit tests: it needs no rights, keeps its files in memory and refuses what it is told to. */
@NullMarked
package dev.caisson.nativedriver.kernel.fake;

import org.jspecify.annotations.NullMarked;
