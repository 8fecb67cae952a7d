// SPDX-License-Identifier: Apache-2.0
/** Containers that are made ahead of need. */
@NullMarked
package dev.caisson.driver.pool;

import org.jspecify.annotations.NullMarked;
