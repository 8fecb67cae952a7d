// SPDX-License-Identifier: Apache-2.0
/**
 * Containers that belong to nobody here: made by a shim that then ends, so that their inits are children of the caller's
 * sub-reaper, and started later by opening a gate. This is what the runtimes' command line needs (create, then start, by
 * different processes); it is no part of the driver's interface.
 */
@NullMarked
package dev.caisson.nativedriver.oneshot;

import org.jspecify.annotations.NullMarked;
