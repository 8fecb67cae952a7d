// SPDX-License-Identifier: Apache-2.0
/** Containers of an ordinary user: a JVM with its rights runs the driver, and the conformance kit on it. */
@NullMarked
package dev.caisson.nativedriver.rootless;

import org.jspecify.annotations.NullMarked;
