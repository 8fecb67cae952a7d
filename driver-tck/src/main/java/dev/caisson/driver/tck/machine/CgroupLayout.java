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

    /**
     * Returns the uppermost cgroup of a hierarchy, from our own on, in which others can be made: for root its mount point, for
     * other users one that was delegated to them.
     */
    Path uppermost(Path root) {
        Path cgroup = root.resolve(own(root).substring(1));
        for (Path above = cgroup.getParent();
                above != null && above.startsWith(root) && Files.isWritable(above);
                above = above.getParent()) {
            cgroup = above;
        }
        return cgroup;
    }

    private String own(Path root) {
        List<String> names = version1.entrySet().stream()
                .filter(entry -> entry.getValue().equals(root))
                .map(Map.Entry::getKey)
                .toList();
        try {
            return Files.readAllLines(Path.of("/proc/self/cgroup")).stream()
                    .map(line -> line.split(":", 3))
                    .filter(fields -> names.isEmpty()
                            ? fields[1].isEmpty()
                            : Arrays.stream(fields[1].split(",")).anyMatch(names::contains))
                    .map(fields -> fields[2])
                    .findFirst()
                    .orElse("/");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Lets the cgroups below the uppermost one have a controller of version 2, as a driver does that needs it; it stays so,
     * since others may need it by then. Returns false if it may not be done.
     */
    boolean handDown(String controller) {
        Path control = uppermost(version2.orElseThrow()).resolve("cgroup.subtree_control");
        if (words(control).contains(controller)) {
            return true;
        }
        try {
            Files.writeString(control, "+" + controller);
            return true;
        } catch (IOException refused) {
            return false;
        }
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
