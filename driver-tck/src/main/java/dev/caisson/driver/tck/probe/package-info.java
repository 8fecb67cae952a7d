// SPDX-License-Identifier: Apache-2.0
/** The program that the kit runs in containers: what it can be asked to do and to tell. */
@NullMarked
package dev.caisson.driver.tck.probe;

import org.jspecify.annotations.NullMarked;
