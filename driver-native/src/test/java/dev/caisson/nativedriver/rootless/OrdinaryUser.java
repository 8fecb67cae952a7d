// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.rootless;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A user that is there for one test only: the files of /etc that tell of it are bound over the machine's in a mount namespace
 * of its processes. It has a directory to live in, with what its JVMs need, since nobody may look into root's.
 */
final class OrdinaryUser implements AutoCloseable {
    static final String NAME = "caisson-tester";
    static final int ID = 54321;

    /** What the kit's containers map. */
    private static final List<String> USERS = List.of("100000:65536", "300000:65536");

    private static final List<String> GROUPS = List.of("200000:65536", "300000:65536");

    /** Binds the files, then becomes the user. Arguments: directory of the files, of the user, id; then the command. */
    private static final String ENTER = """
            set -e
            etc=$1 home=$2 id=$3
            shift 3
            for file in "$etc"/*; do
                mount --bind "$file" "/etc/${file##*/}"
            done
            export HOME="$home" XDG_RUNTIME_DIR="$home/run" TMPDIR="$home/t" USER=caisson-tester
            cd "$home"
            exec setpriv --reuid="$id" --regid="$id" --init-groups "$@"
            """;

    private final Path directory;
    private final Path etc;
    private final Path home;

    /** @param lent it has ids of /etc/subuid and /etc/subgid */
    OrdinaryUser(boolean lent) throws IOException {
        directory = Files.createTempDirectory(Path.of("/tmp"), "cu");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        etc = Files.createDirectory(directory.resolve("etc"));
        append("passwd", NAME + ":x:" + ID + ":" + ID + "::" + directory.resolve("h") + ":/bin/sh");
        append("group", NAME + ":x:" + ID + ":");
        if (lent) {
            append("subuid", lines(USERS));
            append("subgid", lines(GROUPS));
        }
        own(directory);
        home = Files.createDirectory(directory.resolve("h"));
        own(home);
        own(Files.createDirectory(home.resolve("run")));
        own(Files.createDirectory(home.resolve("t")));
    }

    private void append(String file, String line) throws IOException {
        Path machine = Path.of("/etc", file);
        String content = Files.exists(machine) ? Files.readString(machine) : "";
        Files.writeString(etc.resolve(file), content + line + "\n");
    }

    private static String lines(List<String> ranges) {
        return String.join(
                "\n", ranges.stream().map(range -> NAME + ":" + range).toList());
    }

    private static void own(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", ID);
        Files.setAttribute(path, "unix:gid", ID);
    }

    /** What its processes lack on this machine. */
    static Optional<String> obstacle() {
        if (!Files.isWritable(Path.of("/etc/passwd"))) {
            return Optional.of("needs root");
        }
        for (String file : List.of("/etc/subuid", "/etc/subgid", "/usr/bin/newuidmap", "/usr/bin/newgidmap")) {
            if (!Files.exists(Path.of(file))) {
                return Optional.of("needs " + file + " (package uidmap)");
            }
        }
        return Optional.empty();
    }

    Path home() {
        return home;
    }

    /** Starts a program as the user. */
    Process start(List<String> command) throws IOException {
        return start(List.of(), command);
    }

    /**
     * Starts a program as the user.
     *
     * @param before what root's shell does first, in the process that becomes the user
     */
    Process start(List<String> before, List<String> command) throws IOException {
        List<String> whole = new ArrayList<>(List.of("unshare", "--mount", "--propagation", "private", "sh", "-c"));
        whole.add(String.join("\n", before) + "\n" + ENTER);
        whole.addAll(List.of("sh", etc.toString(), home.toString(), Integer.toString(ID)));
        whole.addAll(command);
        return new ProcessBuilder(whole)
                .redirectError(home.resolve("complaints").toFile())
                .start();
    }

    /** Returns what the last program had to complain about. */
    String complaints() throws IOException {
        return Files.readString(home.resolve("complaints"));
    }

    /** Returns the command of a JVM with this one's class path. */
    List<String> java(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-Djava.io.tmpdir=" + home.resolve("t"),
                "-cp",
                classPath(),
                main.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    private String classPath() throws IOException {
        Path copies = directory.resolve("classes");
        List<String> places = new ArrayList<>();
        for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path copy = copies.resolve(Integer.toString(places.size()))
                    .resolve(Path.of(place).getFileName());
            if (!Files.exists(copy)) {
                copy(Path.of(place), copy);
            }
            places.add(copy.toString());
        }
        return String.join(File.pathSeparator, places);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException("remove " + directory, left);
        }
    }
}
