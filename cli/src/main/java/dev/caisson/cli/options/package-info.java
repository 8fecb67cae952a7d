// SPDX-License-Identifier: Apache-2.0
/** Text onto the record that holds a driver's options. */
@NullMarked
package dev.caisson.cli.options;

import org.jspecify.annotations.NullMarked;
