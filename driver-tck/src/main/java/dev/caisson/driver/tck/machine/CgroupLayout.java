// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where this machine's cgroup hierarchies are mounted. */
final class CgroupLayout {
    private static final int MOUNT_POINT = 4;

    private final Map<String, Path> version1 = new TreeMap<>();
    private Optional<Path> version2 = Optional.empty();

    private CgroupLayout() {}

    static CgroupLayout read() {
        CgroupLayout layout = new CgroupLayout();
        try {
            Files.readAllLines(Path.of("/proc/self/mountinfo")).forEach(layout::add);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return layout;
    }

    private void add(String line) {
        String[] halves = line.split(" - ", 2);
        String[] type = halves[1].split(" ");
        Path point = Path.of(halves[0].split(" ")[MOUNT_POINT]);
        if (type[0].equals("cgroup2")) {
            version2 = Optional.of(point);
        } else if (type[0].equals("cgroup")) {
            Arrays.stream(type[2].split(",")).forEach(option -> version1.putIfAbsent(option, point));
        }
    }

    /** Returns the mount point of a controller of version 1. */
    Optional<Path> version1(String controller) {
        return Optional.ofNullable(version1.get(controller));
    }

    /** Returns the mount point of version 2 if it has a controller. */
    Optional<Path> version2(String controller) {
        return version2.filter(point -> controllers(point).contains(controller));
    }

    /** Returns where hierarchies are mounted, each once. */
    Set<Path> hierarchies() {
        Set<Path> roots = new TreeSet<>(version1.values());
        version2.ifPresent(roots::add);
        return roots;
    }

    /** Returns true if controllers of version 2 are handed down to the cgroups below the root. */
    boolean isHandedDown(String controller) {
        return version2.filter(
                        point -> words(point.resolve("cgroup.subtree_control")).contains(controller))
                .isPresent();
    }

    private static List<String> controllers(Path point) {
        return words(point.resolve("cgroup.controllers"));
    }

    private static List<String> words(Path file) {
        try {
            return List.of(Files.readString(file).strip().split(" "));
        } catch (IOException absent) {
            return List.of();
        }
    }
}
