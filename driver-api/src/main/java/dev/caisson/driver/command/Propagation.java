// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

/** How mount events travel, mount_namespaces(7). */
public enum Propagation {
    PRIVATE(false),
    RPRIVATE(true),
    SHARED(false),
    RSHARED(true),
    SLAVE(false),
    RSLAVE(true),
    UNBINDABLE(false),
    RUNBINDABLE(true);

    private final boolean recursive;

    Propagation(boolean recursive) {
        this.recursive = recursive;
    }

    /** Returns true if it applies to the mounts below as well. */
    public boolean isRecursive() {
        return recursive;
    }
}
