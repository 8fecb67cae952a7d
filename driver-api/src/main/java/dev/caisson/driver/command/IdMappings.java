// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import java.util.List;

/**
 * The maps of a user namespace, or of a mount.
 *
 * @param uids of users
 * @param gids of groups
 */
public record IdMappings(List<IdMapping> uids, List<IdMapping> gids) implements Checked {
    public IdMappings {
        uids = List.copyOf(uids);
        gids = List.copyOf(gids);
    }

    /** Returns no maps. */
    public static IdMappings none() {
        return new IdMappings(List.of(), List.of());
    }

    /** Returns true if nothing is mapped. */
    public boolean isEmpty() {
        return uids.isEmpty() && gids.isEmpty();
    }

    @Override
    public void check(Checker checker) {
        checker.checkAll("uids", uids);
        checker.checkAll("gids", gids);
        checker.require(
                uids.isEmpty() == gids.isEmpty(), "maps users but not groups, or groups but not users", "give both");
        checkOverlaps(checker.at("uids"), uids);
        checkOverlaps(checker.at("gids"), gids);
    }

    private static void checkOverlaps(Checker checker, List<IdMapping> ranges) {
        for (int i = 0; i < ranges.size(); i++) {
            for (int j = 0; j < i; j++) {
                IdMapping a = ranges.get(i);
                IdMapping b = ranges.get(j);
                checker.at(i)
                        .require(
                                apart(a.inside(), b.inside(), a.count(), b.count())
                                        && apart(a.outside(), b.outside(), a.count(), b.count()),
                                "overlaps range " + j,
                                "give ranges that don't share ids");
            }
        }
    }

    private static boolean apart(long a, long b, long countA, long countB) {
        return a + countA <= b || b + countB <= a;
    }
}
