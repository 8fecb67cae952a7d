// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import dev.caisson.driver.resources.ByteSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Something mounted in a container. Mounts are made in their order; the target is made if absent, and its links are
 * followed inside the root filesystem only.
 *
 * @param kind what
 * @param target where in the container
 * @param flags what it is like
 * @param propagation of mount events between it and its source; shared only where the source is on a shared mount
 * @param idmap owners are shown through this map (idmapped mount)
 * @param idmapRecursive the mounts below it too
 * @param data options of the filesystem, as {@code size=64m}
 */
public record Mount(
        Kind kind,
        ContainerPath target,
        MountFlags flags,
        Optional<Propagation> propagation,
        Optional<IdMappings> idmap,
        boolean idmapRecursive,
        List<String> data)
        implements Checked {
    private static final Pattern FILESYSTEM_TYPE = Pattern.compile("[a-z0-9_.-]+");

    /** What is mounted. */
    public sealed interface Kind {}

    /**
     * A file or directory of the host.
     *
     * @param source absolute, must exist
     * @param recursive with what is mounted below it
     */
    public record Bind(Path source, boolean recursive) implements Kind {
        public Bind {
            requireNonNull(source, "source is null");
        }
    }

    /**
     * A new filesystem in memory.
     *
     * @param size most bytes
     * @param mode of its root directory, as 01777
     * @param copyUp it starts with what the root filesystem has at the target
     */
    public record Tmpfs(Optional<ByteSize> size, OptionalInt mode, boolean copyUp) implements Kind {
        public Tmpfs {
            requireNonNull(size, "size is null");
            requireNonNull(mode, "mode is null");
        }
    }

    /**
     * A new instance of any filesystem of the kernel: proc, sysfs, devpts, mqueue, ...
     *
     * @param type the kernel's name for it
     * @param source device or name shown in /proc/mounts
     */
    public record Filesystem(String type, String source) implements Kind {
        public Filesystem {
            requireNonNull(type, "type is null");
            requireNonNull(source, "source is null");
        }
    }

    /** The container's view of the cgroup hierarchies that the host has. */
    public record Cgroup() implements Kind {}

    /**
     * A file with this content, which is the container's alone.
     *
     * @param content its bytes
     * @param mode its permissions, as 0644
     */
    public record Content(byte[] content, int mode) implements Kind {
        public Content {
            content = content.clone();
        }

        @Override
        public byte[] content() {
            return content.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Content that && mode == that.mode && Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(content) + mode;
        }

        @Override
        public String toString() {
            return "Content[" + content.length + " bytes, mode=" + Integer.toOctalString(mode) + "]";
        }
    }

    public Mount {
        requireNonNull(kind, "kind is null");
        requireNonNull(target, "target is null");
        requireNonNull(flags, "flags is null");
        requireNonNull(propagation, "propagation is null");
        requireNonNull(idmap, "idmap is null");
        data = List.copyOf(data);
    }

    private static Mount of(Kind kind, ContainerPath target, MountFlags flags, List<String> data) {
        return new Mount(kind, target, flags, Optional.empty(), Optional.empty(), false, data);
    }

    /** Returns a recursive bind mount, as Docker's -v makes it. */
    public static Mount bind(Path source, ContainerPath target, MountFlag... flags) {
        return of(new Bind(source, true), target, MountFlags.of(flags), List.of())
                .withPropagation(Propagation.RPRIVATE);
    }

    /** Returns a filesystem in memory. */
    public static Mount tmpfs(ContainerPath target, ByteSize size, int mode, MountFlag... flags) {
        return of(new Tmpfs(Optional.of(size), OptionalInt.of(mode), false), target, MountFlags.of(flags), List.of());
    }

    /** Returns a new instance of a filesystem of the kernel. */
    public static Mount filesystem(String type, ContainerPath target, MountFlags flags, String... data) {
        return of(new Filesystem(type, type), target, flags, List.of(data));
    }

    /** Returns the container's view of the cgroup hierarchies. */
    public static Mount cgroup(ContainerPath target, MountFlags flags) {
        return of(new Cgroup(), target, flags, List.of());
    }

    /** Returns a file with this text. */
    public static Mount content(ContainerPath target, String text, int mode) {
        return of(new Content(text.getBytes(StandardCharsets.UTF_8), mode), target, MountFlags.of(), List.of());
    }

    /** Returns the same with other flags. */
    public Mount withFlags(MountFlags value) {
        return new Mount(kind, target, value, propagation, idmap, idmapRecursive, data);
    }

    /** Returns the same with a propagation. */
    public Mount withPropagation(Propagation value) {
        return new Mount(kind, target, flags, Optional.of(value), idmap, idmapRecursive, data);
    }

    /** Returns the same with an id map. */
    public Mount withIdmap(IdMappings value, boolean recursive) {
        return new Mount(kind, target, flags, propagation, Optional.of(value), recursive, data);
    }

    @Override
    public void check(Checker checker) {
        switch (kind) {
            case Bind bind -> {
                checker.at("source")
                        .require(
                                bind.source().isAbsolute(),
                                "\"" + bind.source() + "\" is not absolute",
                                "give a path that starts with /");
                checker.at("data")
                        .require(
                                data.isEmpty(),
                                "gives filesystem options to a bind mount",
                                "leave them out: a bind mount shows a filesystem that is mounted already");
            }
            case Tmpfs tmpfs ->
                tmpfs.mode().ifPresent(mode -> checker.at("mode").range(mode, 0, 07777));
            case Filesystem filesystem ->
                checker.at("type")
                        .require(
                                FILESYSTEM_TYPE.matcher(filesystem.type()).matches(),
                                "\"" + filesystem.type() + "\" is no filesystem",
                                "give a name of /proc/filesystems");
            case Content content -> checker.at("mode").range(content.mode(), 0, 07777);
            case Cgroup cgroup -> {}
        }
        checker.at("target")
                .require(!target.equals(ContainerPath.ROOT), "is /", "the root filesystem is given by rootfs");
        checker.check("idmap", idmap);
        data.forEach(option -> checker.at("data")
                .require(
                        !option.isEmpty() && option.indexOf(',') < 0 && option.indexOf('\0') < 0,
                        "\"" + option + "\" is no single option",
                        "give one option each"));
    }
}
