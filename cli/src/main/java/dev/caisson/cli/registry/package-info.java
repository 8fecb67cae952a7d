// SPDX-License-Identifier: Apache-2.0
/** Which containers run in the foregrounds of this machine, so that names are taken once and others can be joined. */
@NullMarked
package dev.caisson.cli.registry;

import org.jspecify.annotations.NullMarked;
