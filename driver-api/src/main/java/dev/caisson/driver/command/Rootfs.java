// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import dev.caisson.driver.resources.ByteSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The root filesystem of a container.
 *
 * @param source where it comes from
 * @param readonly it can't be written to; mounts may
 * @param propagation of mount events between the container's / and the host, mount_namespaces(7); default private
 * @param noPivot move the mount and chroot(2) instead of pivot_root(2), for a root on the kernel's initial ramdisk. Less safe
 */
public record Rootfs(Source source, boolean readonly, Optional<Propagation> propagation, boolean noPivot)
        implements Checked {
    /** Where a root filesystem comes from. */
    public sealed interface Source {}

    /** A directory of the host, used as it is. */
    public record Directory(Path path) implements Source {
        public Directory {
            requireNonNull(path, "path is null");
        }
    }

    /**
     * Layers, one above the other (overlayfs).
     *
     * @param layers directories of the host that are only read, the top one first
     * @param writable where changes go; without it the whole is read-only
     * @param options further mount options of overlayfs
     */
    public record Overlay(List<Path> layers, Optional<WritableLayer> writable, List<String> options) implements Source {
        public Overlay {
            layers = List.copyOf(layers);
            requireNonNull(writable, "writable is null");
            options = List.copyOf(options);
        }
    }

    /**
     * Where an overlay keeps what the container changes.
     *
     * @param upper directory of the host that gets the changes and keeps them
     * @param work empty directory on the same filesystem
     */
    public record WritableLayer(Path upper, Path work) {
        public WritableLayer {
            requireNonNull(upper, "upper is null");
            requireNonNull(work, "work is null");
        }
    }

    /**
     * The host's own root filesystem as it is now, where every change is the container's alone and is thrown away at its end.
     *
     * @param limit most bytes of changes; they are kept in memory
     */
    public record HostCopy(ByteSize limit) implements Source {
        public HostCopy {
            requireNonNull(limit, "limit is null");
        }
    }

    public Rootfs {
        requireNonNull(source, "source is null");
        requireNonNull(propagation, "propagation is null");
    }

    /** Returns a directory, writable. */
    public static Rootfs directory(Path path) {
        return of(new Directory(path));
    }

    /** Returns layers with a writable one on top. */
    public static Rootfs overlay(List<Path> layers, WritableLayer writable) {
        return of(new Overlay(layers, Optional.of(writable), List.of()));
    }

    /** Returns a throw-away view of the host's root filesystem. */
    public static Rootfs hostCopy() {
        return of(new HostCopy(ByteSize.UNLIMITED));
    }

    private static Rootfs of(Source source) {
        return new Rootfs(source, false, Optional.empty(), false);
    }

    /** Returns the same, read-only or not. */
    public Rootfs withReadonly(boolean value) {
        return new Rootfs(source, value, propagation, noPivot);
    }

    /** Returns the same with a propagation. */
    public Rootfs withPropagation(Propagation value) {
        return new Rootfs(source, readonly, Optional.of(value), noPivot);
    }

    @Override
    public void check(Checker checker) {
        if (source instanceof Overlay overlay) {
            checker.at("source").at("layers").require(!overlay.layers().isEmpty(), "are missing", "give at least one");
        }
    }
}
