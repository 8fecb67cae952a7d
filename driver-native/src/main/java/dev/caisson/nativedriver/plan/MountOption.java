// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

/** The options of an {@link EntryType#MOUNT}: {@code enum mount_options} of plan.h. */
enum MountOption {
    RECURSIVE(0),
    COPY_UP(1),
    ATTR_RECURSIVE(2),
    NO_FOLLOW(3),
    OPTIONAL(4),
    IDMAP_RECURSIVE(5);

    private final int value;

    MountOption(int bit) {
        this.value = 1 << bit;
    }

    int value() {
        return value;
    }
}
