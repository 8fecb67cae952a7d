// SPDX-License-Identifier: Apache-2.0
/** Kills engines at random moments and looks at what they leave. */
@NullMarked
package dev.caisson.nativedriver.chaos;

import org.jspecify.annotations.NullMarked;
