// SPDX-License-Identifier: Apache-2.0
/** Takes over the containers that an engine before us left. */
@NullMarked
package dev.caisson.nativedriver.recover;

import org.jspecify.annotations.NullMarked;
