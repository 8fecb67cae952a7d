// SPDX-License-Identifier: Apache-2.0
/** The controllers of cgroup version 1, one class each. */
@NullMarked
package dev.caisson.nativedriver.cgroup.v1;

import org.jspecify.annotations.NullMarked;
