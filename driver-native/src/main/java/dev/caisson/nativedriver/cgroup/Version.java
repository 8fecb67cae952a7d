// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

/** The two interfaces of control groups (cgroups(7)). */
public enum Version {
    V1,
    V2
}
