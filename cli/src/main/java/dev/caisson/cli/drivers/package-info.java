// SPDX-License-Identifier: Apache-2.0
/** The choice of a driver, and {@code caisson drivers}. */
@NullMarked
package dev.caisson.cli.drivers;

import org.jspecify.annotations.NullMarked;
