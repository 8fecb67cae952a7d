// SPDX-License-Identifier: Apache-2.0
/** The conformance kit: what every driver has to do, behaviour by behaviour. Begin at {@link dev.caisson.driver.tck.DriverTck}. */
@NullMarked
package dev.caisson.driver.tck;

import org.jspecify.annotations.NullMarked;
