// SPDX-License-Identifier: Apache-2.0
/** Help and shell completion, printed by picocli from the same tables of options that the parser reads. */
@NullMarked
package dev.caisson.cli.help;

import org.jspecify.annotations.NullMarked;
