// SPDX-License-Identifier: Apache-2.0
/** What the shim keeps for an engine that comes later: the Command of a container, as bytes. */
@NullMarked
package dev.caisson.nativedriver.record;

import org.jspecify.annotations.NullMarked;
