// SPDX-License-Identifier: Apache-2.0
/**
 * What speaks against a Command with this driver on this machine. {@link dev.caisson.nativedriver.check.CommandChecks} looks
 * before anything is made and reports everything together; what only the attempt can show is reported by the launch.
 */
@NullMarked
package dev.caisson.nativedriver.check;

import org.jspecify.annotations.NullMarked;
