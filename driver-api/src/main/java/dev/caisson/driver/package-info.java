// SPDX-License-Identifier: Apache-2.0
/** The driver, its containers and what happens to them. */
@NullMarked
package dev.caisson.driver;

import org.jspecify.annotations.NullMarked;
