// SPDX-License-Identifier: Apache-2.0
/** The network {@code bridge}: which addresses its containers get. What the kernel has is the only record of them. */
@NullMarked
package dev.caisson.cli.bridge;

import org.jspecify.annotations.NullMarked;
