// SPDX-License-Identifier: Apache-2.0
/** How the values of options are written: Docker's syntax, read into the records of the SPI. */
@NullMarked
package dev.caisson.cli.syntax;

import org.jspecify.annotations.NullMarked;
