// SPDX-License-Identifier: Apache-2.0
/**
 * Control groups of version 1, version 2 and both at once, behind one manager.
 *
 * <p>{@link dev.caisson.nativedriver.cgroup.CgroupManager} turns limits into the steps that make a container's cgroup, which
 * the container's first process carries out itself, and gives a {@link dev.caisson.nativedriver.cgroup.Cgroup} to work on
 * while it runs. Each controller is one class, of the same name in {@code v1} and {@code v2}.
 */
@NullMarked
package dev.caisson.nativedriver.cgroup;

import org.jspecify.annotations.NullMarked;
