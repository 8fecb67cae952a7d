// SPDX-License-Identifier: Apache-2.0
/** {@code caisson run}: from options to a Command, and a container in the foreground. */
@NullMarked
package dev.caisson.cli.run;

import org.jspecify.annotations.NullMarked;
