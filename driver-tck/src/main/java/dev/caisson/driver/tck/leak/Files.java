// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.leak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Set;

/** The files below the marked directories, such as a driver's state root. */
final class Files implements Census {
    @Override
    public Set<Trace> take(Marks marks) {
        Set<Trace> found = new HashSet<>();
        for (Path directory : marks.directories()) {
            if (java.nio.file.Files.exists(directory)) {
                walk(directory, found);
            }
        }
        return found;
    }

    private static void walk(Path root, Set<Trace> found) {
        try {
            java.nio.file.Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    add(directory, "directory ");
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    add(file, "");
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException gone) {
                    return FileVisitResult.CONTINUE;
                }

                private void add(Path path, String what) {
                    if (!path.equals(root)) {
                        found.add(new Trace(Trace.Kind.FILE, path.toString(), what + path));
                    }
                }
            });
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public boolean isOurs(Trace trace, Marks marks) {
        return true;
    }
}
