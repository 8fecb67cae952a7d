// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

/** What keeps a cgroup until the container's first process is in it. Thread-safe. */
@FunctionalInterface
public interface CgroupHold {
    /** For a cgroup that needs nothing of the kind. */
    CgroupHold NONE = () -> {};

    /** Lets go, when the container's first process is there or never will be; only the first time counts. Does not wait. */
    void release();
}
