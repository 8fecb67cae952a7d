// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import dev.caisson.driver.tck.probe.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the kit's own, where it makes root filesystems of busybox and the probe. Everything in it is gone after
 * {@link #close}.
 */
final class Workshop implements AutoCloseable {
    private static final List<String> PLACES = List.of("/bin/busybox", "/usr/bin/busybox", "/usr/local/bin/busybox");
    private static final List<String> TOOLS = List.of(
            "awk",
            "cat",
            "chown",
            "dd",
            "head",
            "ionice",
            "ip",
            "ls",
            "mkdir",
            "mknod",
            "nsenter",
            "ping",
            "readlink",
            "sed",
            "sh",
            "sleep",
            "sort",
            "stat",
            "stty",
            "tr",
            "true",
            "tty",
            "umount",
            "uname",
            "unshare",
            "wc",
            "yes");
    private static final String PASSWD = """
            root:x:0:0:root:/root:/bin/sh
            alice:x:1001:1001:Alice:/home/alice:/bin/sh
            bob:x:1002:100:Bob:/:/bin/sh
            """;
    private static final String GROUP = """
            root:x:0:
            audio:x:29:alice
            staff:x:50:alice,bob
            users:x:100:
            alice:x:1001:
            """;

    private final Path directory;
    private final Path busybox;
    private final AtomicInteger made = new AtomicInteger();

    private Workshop(Path directory, Path busybox) {
        this.directory = directory;
        this.busybox = busybox;
    }

    /** Returns a new one. The directory can be walked through by everybody: root of a user namespace is nobody here. */
    static Workshop open(Path busybox, String token) {
        try {
            Path directory = Files.createTempDirectory(token + "-");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path copy = Files.copy(busybox, directory.resolve("busybox"));
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new Workshop(directory, copy);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("make a directory for the kit's root filesystems", unwritable);
        }
    }

    /** Returns a statically linked busybox of this machine, if it has one. */
    static Optional<Path> findBusybox() {
        return PLACES.stream()
                .map(Path::of)
                .filter(Files::isExecutable)
                .filter(Workshop::isStatic)
                .findFirst();
    }

    /** A program that asks for no interpreter (PT_INTERP, elf(5)) brings all it needs. */
    private static boolean isStatic(Path program) {
        try {
            byte[] head = new byte[4096];
            try (java.io.InputStream stream = Files.newInputStream(program)) {
                int read = stream.readNBytes(head, 0, head.length);
                return !new String(head, 0, read, StandardCharsets.ISO_8859_1).contains("/ld-");
            }
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Returns a busybox of the host that may be run. */
    Path busybox() {
        return busybox;
    }

    /** Returns a new empty directory. */
    Path newDirectory(String name) {
        try {
            return Files.createDirectory(directory.resolve(name + "-" + made.incrementAndGet()));
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }

    /** Returns a new root filesystem: busybox, the probe, users, and the usual empty directories. */
    Path newRootfs() {
        Path root = newDirectory("rootfs");
        try {
            for (String name : List.of("bin", "dev", "etc", "home", "proc", "sys", "tmp", "usr")) {
                Files.createDirectory(root.resolve(name));
            }
            Files.setPosixFilePermissions(root.resolve("tmp"), PosixFilePermissions.fromString("rwxrwxrwx"));
            Files.createLink(root.resolve("bin/busybox"), busybox);
            for (String tool : TOOLS) {
                Files.createSymbolicLink(root.resolve("bin").resolve(tool), Path.of("busybox"));
            }
            Path probe = root.resolve(Probe.PATH.substring(1));
            Files.writeString(probe, Probe.script());
            Files.setPosixFilePermissions(probe, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.writeString(root.resolve("etc/passwd"), PASSWD);
            Files.writeString(root.resolve("etc/group"), GROUP);
        } catch (IOException unwritable) {
            throw new UncheckedIOException("make a root filesystem in " + root, unwritable);
        }
        return root;
    }

    /** Removes everything. Doesn't follow links. */
    @Override
    public void close() {
        remove(directory);
    }

    static void remove(Path tree) {
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException undeletable) {
            throw new UncheckedIOException("remove " + tree, undeletable);
        }
    }

    /** Returns where busybox was looked for. */
    static String places() {
        return String.join(", ", PLACES);
    }

    /** Returns the names in a directory, sorted. */
    static List<String> names(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
