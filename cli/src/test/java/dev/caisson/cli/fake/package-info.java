// SPDX-License-Identifier: Apache-2.0
/** A driver that only pretends. */
@NullMarked
package dev.caisson.cli.fake;

import org.jspecify.annotations.NullMarked;
