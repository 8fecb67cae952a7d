// SPDX-License-Identifier: Apache-2.0
/** Has processes made: from a finished plan to a process of the shim. */
@NullMarked
package dev.caisson.nativedriver.launch;

import org.jspecify.annotations.NullMarked;
