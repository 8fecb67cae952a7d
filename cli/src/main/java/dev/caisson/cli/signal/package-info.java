// SPDX-License-Identifier: Apache-2.0
/** Signals sent to the command. */
@NullMarked
package dev.caisson.cli.signal;

import org.jspecify.annotations.NullMarked;
