// SPDX-License-Identifier: Apache-2.0
/** Our own terminal: raw while a container has it, and as it was afterwards. */
@NullMarked
package dev.caisson.cli.terminal;

import org.jspecify.annotations.NullMarked;
