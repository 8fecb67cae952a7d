// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.DeviceNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a simulated container sees as its files: mounts over trees of the host, and what only the kernel knows. */
final class Vfs {
    private static final int MOST_LINKS = 40;

    private final SimulatedMachine machine;
    private final List<MountPoint> mounts = new ArrayList<>();
    private final Map<String, Supplier<String>> kernelFiles = new TreeMap<>();
    private final Map<String, DeviceNode> nodes = new TreeMap<>();
    private final Set<String> masked = new HashSet<>();
    private final Set<String> kept = new HashSet<>();
    private boolean openMasks;

    Vfs(SimulatedMachine machine) {
        this.machine = machine;
    }

    void mount(MountPoint mount) {
        mounts.add(mount);
    }

    List<MountPoint> mounts() {
        return mounts;
    }

    void kernelFile(String path, Supplier<String> content) {
        kernelFiles.put(path, content);
    }

    void node(String path, DeviceNode node) {
        nodes.put(path, node);
    }

    void mask(ContainerPath path) {
        masked.add(path.value());
    }

    void openMasks() {
        openMasks = true;
    }

    void keep(ContainerPath path) {
        kept.add(path.value());
    }

    /** Returns the topmost mount that holds a path. */
    MountPoint mountOf(String path) {
        return mounts.reversed().stream()
                .filter(mount -> isIn(path, mount.target()))
                .max(java.util.Comparator.comparingInt(mount -> mount.target().length()))
                .orElseThrow();
    }

    private static boolean isIn(String path, String ancestor) {
        return ancestor.equals("/") || path.equals(ancestor) || path.startsWith(ancestor + "/");
    }

    private Optional<Path> find(String path) {
        MountPoint mount = mountOf(path);
        return mount.tree().find(below(mount, path));
    }

    private static String below(MountPoint mount, String path) {
        return mount.target().equals("/")
                ? path.substring(1)
                : path.equals(mount.target())
                        ? ""
                        : path.substring(mount.target().length() + 1);
    }

    /** Returns a path without links, as they are true inside; what isn't there stays as it is. */
    String resolve(String path) throws Refused {
        Deque<String> left = new ArrayDeque<>(Arrays.asList(path.split("/")));
        String at = "/";
        int links = 0;
        while (!left.isEmpty()) {
            String name = left.pop();
            if (name.isEmpty() || name.equals(".")) {
                continue;
            }
            if (name.equals("..")) {
                at = at.lastIndexOf('/') <= 0 ? "/" : at.substring(0, at.lastIndexOf('/'));
                continue;
            }
            String next = at.equals("/") ? "/" + name : at + "/" + name;
            Optional<Path> found = find(next);
            if (found.isPresent() && Files.isSymbolicLink(found.get())) {
                if (++links > MOST_LINKS) {
                    throw Refused.circles();
                }
                String target = link(found.get());
                List<String> parts = new ArrayList<>(Arrays.asList(target.split("/")));
                parts.reversed().forEach(left::push);
                at = target.startsWith("/") ? "/" : at;
            } else {
                at = next;
            }
        }
        return at;
    }

    private static String link(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns a path without links if there is something. */
    String existing(String path) throws Refused {
        String real = resolve(path);
        find(real).orElseThrow(Refused::absent);
        return real;
    }

    Optional<DeviceNode> nodeAt(String path) {
        return Optional.ofNullable(nodes.get(path));
    }

    boolean isKernelFile(String path) {
        return kernelFiles.containsKey(path);
    }

    Optional<Path> host(String path) throws Refused {
        return find(resolve(path));
    }

    boolean isMasked(String path) {
        return masked.stream().anyMatch(one -> isIn(path, one));
    }

    String read(String path) throws Refused {
        String real = resolve(path);
        if (isMasked(real)) {
            return "";
        }
        Supplier<String> kernelFile = kernelFiles.get(real);
        if (kernelFile != null) {
            return kernelFile.get();
        }
        try {
            return Files.readString(find(real).orElseThrow(Refused::absent));
        } catch (IOException unreadable) {
            throw Refused.absent();
        }
    }

    List<String> list(String path) throws Refused {
        String real = resolve(path);
        if (isMasked(real)) {
            return List.of();
        }
        Set<String> names = new TreeSet<>();
        String prefix = real.equals("/") ? "/" : real + "/";
        kernelFiles.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .forEach(name -> names.add(name.substring(prefix.length()).split("/")[0]));
        Optional<Path> host = find(real);
        if (host.isPresent()) {
            try (Stream<Path> entries = Files.list(host.get())) {
                entries.forEach(entry -> names.add(entry.getFileName().toString()));
            } catch (IOException unreadable) {
                throw Refused.absent();
            }
        }
        return List.copyOf(names);
    }

    String stat(String path) throws Refused {
        String real = resolve(path);
        if (isMasked(real)) {
            return "character special file;666;0:0;1:3";
        }
        DeviceNode node = nodes.get(real);
        if (node != null) {
            String kind = switch (node.type()) {
                case CHARACTER -> "character special file";
                case BLOCK -> "block special file";
                case FIFO -> "fifo";
            };
            return kind + ";" + Integer.toOctalString(node.mode()) + ";" + node.uid() + ":" + node.gid() + ";"
                    + Long.toHexString(node.major()) + ":" + Long.toHexString(node.minor());
        }
        Path host = find(real).orElseThrow(Refused::absent);
        MountPoint mount = mountOf(real);
        String mode = real.equals(mount.target()) && !mount.mode().isEmpty() ? mount.mode() : mode(host);
        return (Files.isDirectory(host) ? "directory" : "regular file") + ";" + mode + ";"
                + mount.shown(machine.owner(host)) + ";0:0";
    }

    private static String mode(Path file) {
        try {
            int bits = 0;
            for (PosixFilePermission permission : Files.getPosixFilePermissions(file)) {
                bits |= 1 << (8 - permission.ordinal());
            }
            return Integer.toOctalString(bits);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns where a file of the container may be written. */
    Path forWriting(String path) throws Refused {
        String real = resolve(path);
        MountPoint mount = mountOf(real);
        if (mount.isReadonly()
                || (isMasked(real) && !openMasks)
                || kept.stream().anyMatch(one -> isIn(real, one))) {
            throw Refused.readonly();
        }
        return mount.tree().forWriting(below(mount, real));
    }

    void write(String path, String text) throws Refused {
        Path file = forWriting(path);
        try {
            Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException unwritable) {
            throw Refused.absent();
        }
    }

    void fill(String path, long bytes) throws Refused {
        Path file = forWriting(path);
        if (bytes > mountOf(resolve(path)).limit()) {
            throw Refused.full();
        }
        try {
            Files.write(file, new byte[(int) Math.min(bytes, 1000)]);
        } catch (IOException unwritable) {
            throw Refused.absent();
        }
    }

    void makeDirectory(String path) throws Refused {
        try {
            Files.createDirectory(forWriting(path));
        } catch (IOException unwritable) {
            throw new Refused("File exists");
        }
    }

    /** Makes a directory with all above it. */
    void makeDirectories(String path) throws Refused {
        String real = resolve(path);
        Optional<Path> there = find(real);
        if (there.isPresent()) {
            if (!Files.isDirectory(there.get())) {
                throw new Refused("Not a directory");
            }
            return;
        }
        MountPoint mount = mountOf(real);
        try {
            Files.createDirectories(mount.tree().forWriting(below(mount, real)));
        } catch (IOException unwritable) {
            throw new Refused("Not a directory");
        }
    }
}
