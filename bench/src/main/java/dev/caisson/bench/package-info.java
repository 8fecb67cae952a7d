// SPDX-License-Identifier: Apache-2.0
/** Times Caisson beside its peers, and beside what the kernel itself costs. */
@NullMarked
package dev.caisson.bench;

import org.jspecify.annotations.NullMarked;
