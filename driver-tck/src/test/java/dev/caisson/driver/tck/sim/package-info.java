// SPDX-License-Identifier: Apache-2.0
/** A driver whose containers are threads in memory, which can be broken on purpose: the kit is tried on it. */
@NullMarked
package dev.caisson.driver.tck.sim;

import org.jspecify.annotations.NullMarked;
