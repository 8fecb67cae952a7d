// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

/** What an {@link EntryType#MOUNT} mounts: {@code enum mount_kind} of plan.h. */
enum MountKind {
    FILESYSTEM(1),
    BIND(2),
    CGROUP(3),
    CONTENT(4),
    ATTRIBUTES(5);

    private final int value;

    MountKind(int value) {
        this.value = value;
    }

    int value() {
        return value;
    }
}
