// SPDX-License-Identifier: Apache-2.0
/**
 * The engine's side of caisson-shim, the small process that is the parent of all containers: finding, starting and
 * connecting to it, and the messages of {@code native/include/protocol.h}, which this package mirrors.
 */
@NullMarked
package dev.caisson.nativedriver.shim;

import org.jspecify.annotations.NullMarked;
