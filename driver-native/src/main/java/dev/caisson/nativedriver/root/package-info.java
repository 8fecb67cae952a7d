// SPDX-License-Identifier: Apache-2.0
/** The directories in which shims keep what they need. */
@NullMarked
package dev.caisson.nativedriver.root;

import org.jspecify.annotations.NullMarked;
