// SPDX-License-Identifier: Apache-2.0
/** What this machine and this process are, as far as it decides what a container can have. */
@NullMarked
package dev.caisson.nativedriver.machine;

import org.jspecify.annotations.NullMarked;
