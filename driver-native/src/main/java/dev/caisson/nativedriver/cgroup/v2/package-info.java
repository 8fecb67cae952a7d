// SPDX-License-Identifier: Apache-2.0
/** The controllers of cgroup version 2, one class each. */
@NullMarked
package dev.caisson.nativedriver.cgroup.v2;

import org.jspecify.annotations.NullMarked;
