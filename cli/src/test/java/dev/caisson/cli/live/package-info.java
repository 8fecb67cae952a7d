// SPDX-License-Identifier: Apache-2.0
/** The real command line with the native driver: each test starts it as a process of its own. */
@NullMarked
package dev.caisson.cli.live;

import org.jspecify.annotations.NullMarked;
