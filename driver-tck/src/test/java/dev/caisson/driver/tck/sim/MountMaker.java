// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.driver.command.Propagation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes the mounts of a simulated container. */
final class MountMaker {
    private static final Set<String> FILESYSTEMS = Set.of("proc", "sysfs", "tmpfs", "devpts", "mqueue");
    private static final Set<String> OPTIONS =
            Set.of("newinstance", "ptmxmode", "mode", "gid", "size", "nr_inodes", "nr_blocks");
    private static final Set<Propagation> SHARED_WITH_THE_HOST =
            Set.of(Propagation.SHARED, Propagation.RSHARED, Propagation.SLAVE, Propagation.RSLAVE);

    private final SimulatedMachine machine;
    private final Vfs files;
    private final Path scratch;
    private final Fault fault;
    private final String label;
    private int made;

    MountMaker(SimulatedMachine machine, Vfs files, Path scratch, Fault fault, Optional<String> label) {
        this.label = label.map(text -> ",context=\"" + text + "\"").orElse("");
        this.machine = machine;
        this.files = files;
        this.scratch = scratch;
        this.fault = fault;
    }

    void make(Mount mount) throws Refused {
        String target = target(mount);
        switch (mount.kind()) {
            case Mount.Bind bind -> bind(mount, bind, target);
            case Mount.Tmpfs tmpfs -> {
                Path directory = newDirectory();
                if (tmpfs.copyUp()) {
                    makeParents(directory);
                    copyUp(target, directory);
                }
                long size = tmpfs.size()
                        .filter(one -> !one.isUnlimited())
                        .map(one -> one.bytes())
                        .orElse(Long.MAX_VALUE);
                String mode = tmpfs.mode().isPresent()
                        ? Integer.toOctalString(tmpfs.mode().getAsInt())
                        : "1777";
                add(
                        mount,
                        target,
                        directory,
                        "tmpfs",
                        "tmpfs",
                        "rw,size=" + size / 1024 + "k,mode=" + mode,
                        size,
                        mode);
            }
            case Mount.Filesystem filesystem -> {
                checkFilesystem(mount, filesystem);
                String data = "rw"
                        + mount.data().stream()
                                .map(option -> "," + option.replace("=0", "="))
                                .reduce("", String::concat);
                add(mount, target, newDirectory(), filesystem.type(), filesystem.source(), data, Long.MAX_VALUE, "");
            }
            case Mount.Cgroup cgroup -> add(mount, target, newDirectory(), "tmpfs", "tmpfs", "rw", Long.MAX_VALUE, "");
            case Mount.Content content -> {
                Path file = newDirectory();
                write(file, content.content());
                add(mount, target, file, "tmpfs", "tmpfs", "rw", Long.MAX_VALUE, Integer.toOctalString(content.mode()));
            }
        }
    }

    private void checkFilesystem(Mount mount, Mount.Filesystem filesystem) throws Refused {
        if (!FILESYSTEMS.contains(filesystem.type()) && !fault.is(Wrong.MOUNTS_ANY_FILESYSTEM)) {
            throw new Refused("mount " + filesystem.type() + ": No such device");
        }
        for (String option : mount.data()) {
            if (!OPTIONS.contains(option.split("=")[0]) && !fault.is(Wrong.TAKES_ANY_MOUNT_OPTION)) {
                throw new Refused("mount at " + mount.target() + ": Invalid argument");
            }
        }
    }

    private String target(Mount mount) throws Refused {
        String path = mount.target().value();
        try {
            String real = files.resolve(path);
            boolean directory = !(mount.kind() instanceof Mount.Content)
                    && !(mount.kind() instanceof Mount.Bind bind && Files.isRegularFile(bind.source()));
            if (directory) {
                files.makeDirectories(real);
            } else {
                files.makeDirectories(real.substring(0, Math.max(1, real.lastIndexOf('/'))));
            }
            escape(path);
            return real;
        } catch (Refused refused) {
            if (fault.is(Wrong.SKIPS_MOUNTS_THAT_FAIL)) {
                return path;
            }
            throw new Refused("mount at " + path + ": " + refused.getMessage());
        }
    }

    /** What a driver does that trusts the links of a root: it makes the target outside. */
    private void escape(String path) {
        if (!fault.is(Wrong.FOLLOWS_LINKS_OUT_OF_THE_ROOT)) {
            return;
        }
        Path host = files.mountOf("/").tree().forWriting(path.substring(1));
        try {
            if (path.endsWith("/file")) {
                Files.createFile(host);
            } else {
                Files.createDirectories(host);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void bind(Mount mount, Mount.Bind bind, String target) throws Refused {
        if (!Files.exists(bind.source()) && !bind.source().startsWith("/sys")) {
            if (fault.is(Wrong.SKIPS_SOURCES_THAT_ARE_MISSING)) {
                return;
            }
            throw new Refused("mount " + bind.source() + " at " + mount.target() + ": No such file or directory");
        }
        Map<Path, String> mounted = machine.mountsAt(bind.source());
        checkShared(mount, mounted.getOrDefault(bind.source(), ""));
        add(
                mount,
                target,
                bind.source(),
                mounted.containsKey(bind.source()) ? "tmpfs" : "ext4",
                "/dev/vda",
                "rw",
                Long.MAX_VALUE,
                "",
                flags(mounted.getOrDefault(bind.source(), ""), mount.flags(), true));
        mounted.remove(bind.source());
        if (!bind.recursive()) {
            return;
        }
        mounted.forEach((path, options) -> files.mount(new MountPoint(
                target + "/" + bind.source().relativize(path),
                new Tree.Plain(path),
                fault.is(Wrong.FLAGS_SPREAD_TO_MOUNTS_BELOW)
                        ? flags(options, mount.flags(), true)
                        : flags(options, mount.flags(), false),
                Optional.empty(),
                "tmpfs",
                "caisson-tck",
                "rw",
                Long.MAX_VALUE,
                "",
                mount.idmapRecursive() ? mount.idmap() : Optional.empty())));
    }

    /** Of a mount that the host doesn't share, events would come from, or go to, nobody. */
    private void checkShared(Mount mount, String options) throws Refused {
        boolean asked =
                mount.propagation().filter(SHARED_WITH_THE_HOST::contains).isPresent();
        if (asked && !options.contains("shared") && !fault.is(Wrong.SHARES_WHAT_THE_HOST_DOES_NOT)) {
            throw new Refused("mount at " + mount.target() + ": the host's mount isn't shared");
        }
    }

    private void add(
            Mount mount, String target, Path host, String type, String source, String data, long limit, String mode) {
        add(mount, target, host, type, source, data, limit, mode, flags("", mount.flags(), true));
    }

    private void add(
            Mount mount,
            String target,
            Path host,
            String type,
            String source,
            String data,
            long limit,
            String mode,
            List<String> options) {
        files.mount(new MountPoint(
                target,
                tree(mount, host),
                options,
                mount.propagation(),
                type,
                source,
                data + label,
                limit,
                mode,
                mount.idmap()));
    }

    private static Tree tree(Mount mount, Path host) {
        return switch (mount.kind()) {
            case Mount.Bind bind -> new Tree.Plain(host);
            case Mount.Content content -> new Tree.Plain(host);
            case Mount.Tmpfs tmpfs -> new Tree.Fresh(host);
            case Mount.Filesystem filesystem -> new Tree.Fresh(host);
            case Mount.Cgroup cgroup -> new Tree.Fresh(host);
        };
    }

    private static List<String> flags(String inherited, MountFlags flags, boolean top) {
        List<String> options = new ArrayList<>(List.of("rw"));
        Arrays.stream(inherited.split(",")).filter(one -> one.startsWith("no")).forEach(options::add);
        Stream.concat(top ? flags.set().stream() : Stream.empty(), flags.recursive().stream())
                .forEach(flag -> options.add(name(flag)));
        Stream.concat(top ? flags.cleared().stream() : Stream.empty(), flags.recursiveCleared().stream())
                .forEach(flag -> options.remove(name(flag)));
        if (options.contains("ro")) {
            options.removeIf(one -> one.equals("ro") || one.equals("rw"));
            options.add(0, "ro");
        }
        options.add("relatime");
        return options;
    }

    private static String name(MountFlag flag) {
        return flag == MountFlag.READONLY ? "ro" : flag.name().toLowerCase(Locale.ROOT);
    }

    private Path newDirectory() {
        return scratch.resolve("mount-" + ++made);
    }

    private void copyUp(String target, Path directory) throws Refused {
        Optional<Path> source = files.host(target);
        if (source.isEmpty()) {
            return;
        }
        try (Stream<Path> all = Files.walk(source.get())) {
            for (Path one : all.toList()) {
                Path copy = directory.resolve(source.get().relativize(one).toString());
                if (!Files.exists(copy)) {
                    Files.copy(one, copy);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void makeParents(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void write(Path file, byte[] content) {
        makeParents(file.getParent());
        try {
            Files.write(file, content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
