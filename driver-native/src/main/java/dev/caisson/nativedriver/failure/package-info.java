// SPDX-License-Identifier: Apache-2.0
/** What is said to the caller when something fails. */
@NullMarked
package dev.caisson.nativedriver.failure;

import org.jspecify.annotations.NullMarked;
