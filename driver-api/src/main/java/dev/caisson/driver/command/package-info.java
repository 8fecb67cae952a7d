// SPDX-License-Identifier: Apache-2.0
/** The Command: everything that a container is to be, as an immutable tree of records. */
@NullMarked
package dev.caisson.driver.command;

import org.jspecify.annotations.NullMarked;
