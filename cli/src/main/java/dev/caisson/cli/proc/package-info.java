// SPDX-License-Identifier: Apache-2.0
/** The files in which a kernel tells about itself. */
@NullMarked
package dev.caisson.cli.proc;

import org.jspecify.annotations.NullMarked;
