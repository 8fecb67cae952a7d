// SPDX-License-Identifier: Apache-2.0
/** The native driver with the real shim. */
@NullMarked
package dev.caisson.nativedriver.live;

import org.jspecify.annotations.NullMarked;
