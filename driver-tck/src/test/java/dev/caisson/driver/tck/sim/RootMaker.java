// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.Rootfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Mounts the root filesystem of a simulated container. */
final class RootMaker {
    private final Fault fault;
    private final Rootfs rootfs;
    private final Path scratch;

    RootMaker(Fault fault, Rootfs rootfs, Path scratch) {
        this.fault = fault;
        this.rootfs = rootfs;
        this.scratch = scratch;
    }

    void mount(Vfs files) throws Refused {
        boolean readonly = rootfs.readonly();
        String type = "ext4";
        String data = "rw";
        long limit = Long.MAX_VALUE;
        Tree tree = switch (rootfs.source()) {
            case Rootfs.Directory directory -> {
                if (!Files.isDirectory(directory.path())) {
                    if (fault.is(Wrong.TAKES_ANY_ROOT)) {
                        yield new Tree.Fresh(scratch.resolve("root"));
                    }
                    throw new Refused(directory.path() + ": No such directory");
                }
                yield fault.is(Wrong.SHOWS_THE_HOSTS_FILES)
                        ? new Tree.Layers(directory.path(), List.of(Path.of("/")))
                        : new Tree.Plain(directory.path());
            }
            case Rootfs.Overlay overlay -> {
                readonly |= overlay.writable().isEmpty() && !fault.is(Wrong.MAKES_LAYERS_WRITABLE);
                type = "overlay";
                data = "rw," + String.join(",", overlay.options());
                checkLayers(overlay);
                yield new Tree.Layers(
                        overlay.writable().map(Rootfs.WritableLayer::upper).orElse(scratch.resolve("upper")),
                        overlay.layers());
            }
            case Rootfs.HostCopy copy -> {
                limit = copy.limit().isUnlimited()
                        ? Long.MAX_VALUE
                        : copy.limit().bytes();
                yield new Tree.Layers(scratch.resolve("upper"), List.of(Path.of("/")));
            }
        };
        files.mount(new MountPoint(
                "/",
                tree,
                List.of(readonly ? "ro" : "rw", "relatime"),
                rootfs.propagation(),
                type,
                "root",
                data,
                limit,
                "",
                Optional.empty()));
    }

    private void checkLayers(Rootfs.Overlay overlay) throws Refused {
        for (Path layer : overlay.layers()) {
            if (!Files.isDirectory(layer) && !fault.is(Wrong.SKIPS_LAYERS_THAT_ARE_MISSING)) {
                throw new Refused(layer + ": No such directory");
            }
        }
        if (overlay.writable().isPresent()
                && Files.isDirectory(overlay.writable().get().work())) {
            try {
                Files.createDirectories(overlay.writable().get().work().resolve("work"));
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
