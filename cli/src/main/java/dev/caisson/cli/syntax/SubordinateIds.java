// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.UserNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The ids that users may give to containers, subuid(5).
 *
 * @param users as /etc/subuid
 * @param groups as /etc/subgid
 */
record SubordinateIds(Path users, Path groups) {
    static SubordinateIds ofHost() {
        return new SubordinateIds(Path.of("/etc/subuid"), Path.of("/etc/subgid"));
    }

    UserNamespace namespaceOf(String user) {
        return UserNamespace.mapped(new IdMappings(ranges(users, user), ranges(groups, user)));
    }

    /** Several ranges of a user are the container's one after the other. */
    private static List<IdMapping> ranges(Path file, String user) {
        List<IdMapping> ranges = new ArrayList<>();
        long inside = 0;
        for (String line : lines(file)) {
            String[] parts = line.strip().split(":");
            if (parts.length == 3 && parts[0].equals(user)) {
                IdMapping range = new IdMapping(inside, Long.parseLong(parts[1]), Long.parseLong(parts[2]));
                ranges.add(range);
                inside += range.count();
            }
        }
        if (ranges.isEmpty()) {
            throw new BadValueException(
                    "names a user without ids in " + file, "add a line such as " + user + ":100000:65536 there");
        }
        return ranges;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (NoSuchFileException absent) {
            return List.of();
        } catch (IOException failure) {
            throw new BadValueException("needs " + file + ": " + failure, "make it readable");
        }
    }
}
