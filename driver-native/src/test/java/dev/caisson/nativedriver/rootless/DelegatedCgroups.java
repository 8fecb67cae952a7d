// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Cgroups that are given to a user, as systemd gives them to a session: in every tree one that the user may fill with others,
 * and in it one with the user's processes.
 */
final class DelegatedCgroups implements AutoCloseable {
    private static final String SESSION = "session";

    private final List<Path> given = new ArrayList<>();

    DelegatedCgroups(int user) throws IOException {
        String name = "caisson-user-" + ProcessHandle.current().pid();
        for (Path root : roots()) {
            Path directory = Files.createDirectory(root.resolve(name));
            given.add(directory);
            Path session = Files.createDirectory(directory.resolve(SESSION));
            for (Path cgroup : List.of(directory, session)) {
                inherit(cgroup, "cpuset.cpus");
                inherit(cgroup, "cpuset.mems");
                give(cgroup, user);
            }
        }
    }

    /** The roots of all trees. */
    private static List<Path> roots() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .map(line -> line.split(" "))
                .filter(fields -> fields[2].equals("cgroup") || fields[2].equals("cgroup2"))
                .map(fields -> Path.of(fields[1]))
                .toList();
    }

    private static void inherit(Path cgroup, String file) throws IOException {
        Path own = cgroup.resolve(file);
        Path above = cgroup.resolveSibling(file);
        if (Files.exists(own)
                && Files.exists(above)
                && Files.readString(own).isBlank()
                && !Files.readString(above).isBlank()) {
            Files.writeString(own, Files.readString(above));
        }
    }

    /** The files that cgroups(7) names, and the directory itself: not the limits. */
    private static void give(Path cgroup, int user) throws IOException {
        for (String file : List.of("", "cgroup.procs", "tasks", "cgroup.subtree_control", "cgroup.threads")) {
            Path path = file.isEmpty() ? cgroup : cgroup.resolve(file);
            if (Files.exists(path)) {
                Files.setAttribute(path, "unix:uid", user);
            }
        }
    }

    /** Lines for a shell of root's that enter them. */
    List<String> enter() {
        return given.stream()
                .map(directory -> "echo $$ >" + directory.resolve(SESSION).resolve("cgroup.procs"))
                .toList();
    }

    /** The one in the tree of a controller of version 1. */
    Optional<Path> of(String controller) {
        return given.stream()
                .filter(directory -> directory.getParent().endsWith(controller))
                .findFirst();
    }

    @Override
    public void close() {
        for (Path directory : given) {
            try (Stream<Path> cgroups = Files.walk(directory)) {
                for (Path cgroup : cgroups.filter(Files::isDirectory)
                        .sorted(Comparator.reverseOrder())
                        .toList()) {
                    Files.delete(cgroup);
                }
            } catch (IOException inUse) {
                throw new UncheckedIOException(inUse);
            }
        }
    }
}
