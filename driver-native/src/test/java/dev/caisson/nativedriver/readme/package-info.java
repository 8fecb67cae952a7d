// SPDX-License-Identifier: Apache-2.0
/** Keeps the README's program true. */
@NullMarked
package dev.caisson.nativedriver.readme;

import org.jspecify.annotations.NullMarked;
