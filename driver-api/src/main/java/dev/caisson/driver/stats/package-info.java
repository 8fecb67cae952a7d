// SPDX-License-Identifier: Apache-2.0
/** What a running container has used so far. */
@NullMarked
package dev.caisson.driver.stats;

import org.jspecify.annotations.NullMarked;
