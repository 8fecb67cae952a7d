// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.leak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** All cgroups of all hierarchies. One is ours if its path bears a mark or lies below a cgroup in which ours were seen. */
final class Cgroups implements Census {
    private static final int MOUNT_POINT = 4;

    @Override
    public Set<Trace> take(Marks marks) {
        Set<Trace> found = new HashSet<>();
        hierarchies().forEach(root -> walk(root, found));
        return found;
    }

    private static List<Path> hierarchies() {
        List<Path> roots = new ArrayList<>();
        Proc.read(Path.of("/proc/self/mountinfo"))
                .lines()
                .filter(line -> line.contains(" - cgroup ") || line.contains(" - cgroup2 "))
                .forEach(line -> roots.add(Path.of(line.split(" ")[MOUNT_POINT])));
        return roots;
    }

    private static void walk(Path root, Set<Trace> found) {
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    found.add(new Trace(
                            Trace.Kind.CGROUP, "/" + root.relativize(directory) + " in " + root, directory.toString()));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(
                        Path directory, @org.jspecify.annotations.Nullable IOException gone) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public boolean isOurs(Trace trace, Marks marks) {
        return marks.isCgroup(trace.identity().substring(0, trace.identity().indexOf(" in ")));
    }
}
