// SPDX-License-Identifier: Apache-2.0
/** Tests of the scripts around the command: {@code ./caisson}, {@code dist/bin/caisson}, {@code build-tools}. */
@NullMarked
package dev.caisson.cli.launcher;

import org.jspecify.annotations.NullMarked;
