// SPDX-License-Identifier: Apache-2.0
/**
 * The options of a command as a table, and a parser that reads them exactly as Docker's command line does. picocli, which
 * prints help and completion from the same table, takes 60 to 120 ms to start and so stays off the way to a container.
 */
@NullMarked
package dev.caisson.cli.flags;

import org.jspecify.annotations.NullMarked;
