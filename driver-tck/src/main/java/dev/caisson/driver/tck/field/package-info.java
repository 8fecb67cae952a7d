// SPDX-License-Identifier: Apache-2.0
/** The fields of a Command, and which behaviours see their effect. */
@NullMarked
package dev.caisson.driver.tck.field;

import org.jspecify.annotations.NullMarked;
