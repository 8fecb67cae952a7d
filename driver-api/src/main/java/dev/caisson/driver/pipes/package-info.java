// SPDX-License-Identifier: Apache-2.0
/** Where a process's standard streams come from and go to. */
@NullMarked
package dev.caisson.driver.pipes;

import org.jspecify.annotations.NullMarked;
