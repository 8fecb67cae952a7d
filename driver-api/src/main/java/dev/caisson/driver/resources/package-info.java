// SPDX-License-Identifier: Apache-2.0
/** Limits, named after the cgroup controllers that keep them. */
@NullMarked
package dev.caisson.driver.resources;

import org.jspecify.annotations.NullMarked;
