// SPDX-License-Identifier: Apache-2.0
/** Finds out what this machine can do. */
@NullMarked
package dev.caisson.nativedriver.probe;

import org.jspecify.annotations.NullMarked;
