// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.machine;

/**
 * Where a container reads one of its limits.
 *
 * @param path in the container, if its cgroups are mounted at /sys/fs/cgroup as the host's are
 * @param unified whether it has the form of cgroup version 2
 */
public record LimitFile(String path, boolean unified) {}
