// SPDX-License-Identifier: Apache-2.0
/** The hooks that are run on the host, and the state that all hooks are told (OCI runtime-spec, "Hooks", "State"). */
@NullMarked
package dev.caisson.nativedriver.hook;

import org.jspecify.annotations.NullMarked;
