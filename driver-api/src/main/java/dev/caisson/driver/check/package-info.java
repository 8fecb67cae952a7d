// SPDX-License-Identifier: Apache-2.0
/** How the mistakes of a whole Command are gathered and reported together. */
@NullMarked
package dev.caisson.driver.check;

import org.jspecify.annotations.NullMarked;
