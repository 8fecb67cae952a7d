// SPDX-License-Identifier: Apache-2.0
/** {@code caisson doctor}: what this machine can and can't do, and how to change that. */
@NullMarked
package dev.caisson.cli.doctor;

import org.jspecify.annotations.NullMarked;
