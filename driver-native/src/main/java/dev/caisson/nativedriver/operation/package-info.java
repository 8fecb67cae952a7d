// SPDX-License-Identifier: Apache-2.0
/** What can be done with containers: one operation per class. */
@NullMarked
package dev.caisson.nativedriver.operation;

import org.jspecify.annotations.NullMarked;
