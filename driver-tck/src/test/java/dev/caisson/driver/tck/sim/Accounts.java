// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A simulated container's /etc/passwd and /etc/group. */
final class Accounts {
    private final List<String[]> users;
    private final List<String[]> groups;

    Accounts(Vfs files) {
        users = rows(files, "/etc/passwd");
        groups = rows(files, "/etc/group");
    }

    private static List<String[]> rows(Vfs files, String path) {
        try {
            return files.read(path).lines().map(line -> line.split(":", -1)).toList();
        } catch (Refused absent) {
            return List.of();
        }
    }

    private static Optional<String[]> find(List<String[]> rows, String name) {
        return rows.stream()
                .filter(row -> row[0].equals(name) || row[2].equals(name))
                .findFirst();
    }

    private static long number(List<String[]> rows, String name) throws Refused {
        Optional<String[]> row = find(rows, name);
        if (row.isPresent()) {
            return Long.parseLong(row.get()[2]);
        }
        if (!name.matches("[0-9]+")) {
            throw new Refused("\"" + name + "\" is nobody here");
        }
        return Long.parseLong(name);
    }

    long uid(String name) throws Refused {
        return number(users, name);
    }

    long gid(String name) throws Refused {
        return number(groups, name);
    }

    long primaryGroup(String user) {
        return find(users, user).map(row -> Long.parseLong(row[3])).orElse(0L);
    }

    List<Long> groupsOf(String user) {
        List<Long> found = new ArrayList<>();
        String name = find(users, user).map(row -> row[0]).orElse(user);
        for (String[] group : groups) {
            if (Arrays.asList(group[3].split(",")).contains(name)) {
                found.add(Long.parseLong(group[2]));
            }
        }
        return found;
    }
}
