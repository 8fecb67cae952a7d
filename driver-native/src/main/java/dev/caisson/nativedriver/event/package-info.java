// SPDX-License-Identifier: Apache-2.0
/** Tells listeners what happens to containers. */
@NullMarked
package dev.caisson.nativedriver.event;

import org.jspecify.annotations.NullMarked;
