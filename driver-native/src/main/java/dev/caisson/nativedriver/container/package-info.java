// SPDX-License-Identifier: Apache-2.0
/** The containers that the driver holds: one small state machine each. */
@NullMarked
package dev.caisson.nativedriver.container;

import org.jspecify.annotations.NullMarked;
