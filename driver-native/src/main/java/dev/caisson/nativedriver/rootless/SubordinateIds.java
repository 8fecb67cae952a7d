// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import dev.caisson.driver.command.IdMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code /etc/subuid} and {@code /etc/subgid} (subuid(5)): which ids of the host a user may map in user namespaces. */
final class SubordinateIds {
    private SubordinateIds() {}

    /**
     * Returns the map of a namespace in which the user itself is root, and every id that is lent to it follows from 1 on.
     *
     * @param content of the file
     * @param own the user's own id
     */
    static List<IdMapping> map(String content, String user, long uid, long own) {
        List<IdMapping> maps = new ArrayList<>();
        maps.add(new IdMapping(0, own, 1));
        long inside = 1;
        for (String line : content.lines().toList()) {
            Optional<IdMapping> lent = lent(line.strip(), user, uid, inside);
            if (lent.isPresent()) {
                maps.add(lent.get());
                inside += lent.get().count();
            }
        }
        return List.copyOf(maps);
    }

    /** A line that is not understood lends nothing, as with newuidmap(1). */
    private static Optional<IdMapping> lent(String line, String user, long uid, long inside) {
        String[] fields = line.split(":", -1);
        if (fields.length != 3 || !(fields[0].equals(user) || fields[0].equals(Long.toString(uid)))) {
            return Optional.empty();
        }
        if (!fields[1].matches("[0-9]{1,10}") || !fields[2].matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        long count = Long.parseLong(fields[2]);
        return count == 0 ? Optional.empty() : Optional.of(new IdMapping(inside, Long.parseLong(fields[1]), count));
    }
}
