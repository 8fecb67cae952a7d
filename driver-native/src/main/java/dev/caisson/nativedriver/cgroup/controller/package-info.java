// SPDX-License-Identifier: Apache-2.0
/** What a controller is, and what those of both versions have in common. */
@NullMarked
package dev.caisson.nativedriver.cgroup.controller;

import org.jspecify.annotations.NullMarked;
