// SPDX-License-Identifier: Apache-2.0
/** The behaviours, one interface for each group. A behaviour's name is unique in the kit. */
@NullMarked
package dev.caisson.driver.tck.behaviour;

import org.jspecify.annotations.NullMarked;
