// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import java.util.Optional;

/** The control files of a cgroup that exists, or of one that is yet to be made. */
public interface CgroupFiles {
    /** Whether this kernel has such a file in the cgroup. */
    boolean has(String file);

    /** What it says now; empty when there is no such file, or no cgroup yet. */
    Optional<String> read(String file);
}
