// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * The flags of a mount.
 *
 * @param set are put on
 * @param cleared are taken away, from a bind mount that would inherit them
 * @param recursive are put on the mount and all below it (rro, rnosuid ...), mount_setattr(2)
 * @param recursiveCleared are taken away from the mount and all below it (rrw, rsuid ...)
 */
public record MountFlags(
        Set<MountFlag> set, Set<MountFlag> cleared, Set<MountFlag> recursive, Set<MountFlag> recursiveCleared) {
    public MountFlags {
        set = copy(set);
        cleared = copy(cleared);
        recursive = copy(recursive);
        recursiveCleared = copy(recursiveCleared);
    }

    private static Set<MountFlag> copy(Collection<MountFlag> flags) {
        EnumSet<MountFlag> copy = EnumSet.noneOf(MountFlag.class);
        copy.addAll(flags);
        return Collections.unmodifiableSet(copy);
    }

    /** Returns these flags. */
    public static MountFlags of(MountFlag... flags) {
        return new MountFlags(Set.of(flags), Set.of(), Set.of(), Set.of());
    }

    /** Returns true if the mount can't be written to. */
    public boolean readonly() {
        return set.contains(MountFlag.READONLY) || recursive.contains(MountFlag.READONLY);
    }
}
