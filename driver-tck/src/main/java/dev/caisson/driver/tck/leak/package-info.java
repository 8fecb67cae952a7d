// SPDX-License-Identifier: Apache-2.0
/** What may be left behind, and how it is found. */
@NullMarked
package dev.caisson.driver.tck.leak;

import org.jspecify.annotations.NullMarked;
