// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.check.Mistake;

/**
 * One thing that speaks against a Command.
 *
 * @param code the numbered reason
 * @param mistake where and what
 */
record Finding(StandardErrorCode code, Mistake mistake) {}
