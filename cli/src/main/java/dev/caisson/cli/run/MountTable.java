// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * The mounts of a container: the standard ones, and the user's, which replace those at the same place. A user's /dev
 * replaces the standard ones below it too, as Docker has it.
 */
final class MountTable {
    private static final ContainerPath DEV = ContainerPath.of("/dev");

    private final List<Mount> standard;
    private final List<Mount> added = new ArrayList<>();
    private List<Mount> etc = List.of();

    MountTable(List<Mount> standard) {
        this.standard = new ArrayList<>(standard);
    }

    /** Adds a mount that the user asks for. */
    void add(Mount mount) {
        added.add(mount);
    }

    /** Sets the files that every container gets unless the user mounts something else there. */
    void defaults(List<Mount> files) {
        etc = List.copyOf(files);
    }

    /** Changes a standard mount. */
    void change(ContainerPath target, UnaryOperator<Mount> how) {
        standard.replaceAll(mount -> mount.target().equals(target) ? how.apply(mount) : mount);
    }

    /** Takes a standard mount away. */
    void remove(ContainerPath target) {
        standard.removeIf(mount -> mount.target().equals(target));
    }

    /** Returns all in the order in which they are made: a place before what lies below it. */
    List<Mount> all() {
        Stream<Mount> kept = standard.stream().filter(mount -> !isReplaced(mount));
        Stream<Mount> further = Stream.concat(etc.stream().filter(mount -> !isReplaced(mount)), added.stream())
                .sorted(Comparator.comparingInt(MountTable::depth));
        return Stream.concat(kept, further).toList();
    }

    private boolean isReplaced(Mount mount) {
        return added.stream()
                .map(Mount::target)
                .anyMatch(target -> target.equals(mount.target())
                        || (target.equals(DEV) && mount.target().startsWith(DEV)));
    }

    private static int depth(Mount mount) {
        return (int) mount.target().value().chars().filter(c -> c == '/').count();
    }
}
