// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.Propagation;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.machine.KernelVersion;
import dev.caisson.nativedriver.machine.MachineFacts;
import dev.caisson.nativedriver.machine.MountTable;
import dev.caisson.nativedriver.procfs.MountInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The mounts: their sources are there, and can be mounted as they shall be. */
final class MountChecks {
    /** Those that belong to one mount; the others are the whole filesystem's. */
    private static final Set<MountFlag> OF_ONE_MOUNT = EnumSet.of(
            MountFlag.READONLY,
            MountFlag.NOSUID,
            MountFlag.NODEV,
            MountFlag.NOEXEC,
            MountFlag.NOATIME,
            MountFlag.NODIRATIME,
            MountFlag.RELATIME,
            MountFlag.STRICTATIME,
            MountFlag.NOSYMFOLLOW);

    private static final KernelVersion IDMAPPED = new KernelVersion(5, 12);

    private final Kernel kernel;
    private final MachineFacts machine;
    private final HostPaths paths;

    MountChecks(Kernel kernel, MachineFacts machine, HostPaths paths) {
        this.kernel = kernel;
        this.machine = machine;
        this.paths = paths;
    }

    void check(Findings findings, Command command) {
        for (int i = 0; i < command.mounts().size(); i++) {
            check(findings.at("mounts").at(i), command, command.mounts().get(i));
        }
    }

    private void check(Findings findings, Command command, Mount mount) {
        switch (mount.kind()) {
            case Mount.Bind bind -> checkBind(findings, mount, bind);
            case Mount.Tmpfs tmpfs -> {
                if (tmpfs.size().filter(size -> size.bytes() == 0).isPresent()) {
                    findings.at("size").mistake("is 0", "give at least one byte, or no limit");
                }
            }
            case Mount.Filesystem filesystem -> checkGroup(findings, command, mount, filesystem);
            case Mount.Cgroup cgroup -> {}
            case Mount.Content content -> {}
        }
        if (mount.idmap().isPresent()) {
            checkIdmap(findings.at("idmap"), mount);
        }
        Set<MountFlag> tree = EnumSet.noneOf(MountFlag.class);
        tree.addAll(mount.flags().recursive());
        tree.addAll(mount.flags().recursiveCleared());
        refuseFilesystemFlags(findings.at("flags").at("recursive"), tree);
    }

    private void checkBind(Findings findings, Mount mount, Mount.Bind bind) {
        boolean there = paths.check(
                        findings.at("source"), bind.source(), "give a file or directory of the host, or make it first")
                .isPresent();
        Set<MountFlag> flags = EnumSet.noneOf(MountFlag.class);
        flags.addAll(mount.flags().set());
        flags.addAll(mount.flags().cleared());
        refuseFilesystemFlags(findings.at("flags"), flags);
        if (there) {
            mount.propagation()
                    .ifPresent(propagation -> checkPropagation(findings.at("propagation"), bind.source(), propagation));
        }
    }

    private static void refuseFilesystemFlags(Findings findings, Set<MountFlag> flags) {
        flags.stream()
                .filter(flag -> !OF_ONE_MOUNT.contains(flag))
                .forEach(flag -> findings.mistake(
                        flag + " belongs to a whole filesystem, which is mounted already",
                        "leave it out: others would see the change"));
    }

    /**
     * What is to reach the host has to come from a mount that the host shares. One that is to follow the host is fine
     * anywhere: it follows what there is.
     */
    private void checkPropagation(Findings findings, Path source, Propagation propagation) {
        if (propagation != Propagation.SHARED && propagation != Propagation.RSHARED) {
            return;
        }
        String real;
        try {
            real = source.toRealPath().toString();
        } catch (IOException gone) {
            findings.mistake("\"" + source + "\" can't be followed: " + gone.getMessage(), "give another source");
            return;
        }
        Optional<MountInfo> holding = MountTable.read(kernel).holding(real);
        boolean isShared = holding.map(
                        mount -> mount.propagation().stream().anyMatch(field -> field.startsWith("shared:")))
                .orElse(false);
        if (!isShared) {
            findings.mistake(
                    "\"" + source + "\" is on "
                            + holding.map(MountInfo::mountPoint).orElse("/")
                            + ", which is not a shared mount of the host",
                    "run mount --make-shared there first, or choose SLAVE or PRIVATE");
        }
    }

    private void checkIdmap(Findings findings, Mount mount) {
        if (!(mount.kind() instanceof Mount.Bind)) {
            findings.mistake("is given to a new filesystem", "give it to a bind mount");
        } else if (machine.confined()) {
            findings.unsupportedHere(
                    Feature.IDMAPPED_MOUNTS,
                    "in a user namespace nobody has the rights over the host's filesystems that it takes",
                    "leave it out, or run as root");
        } else if (!machine.kernelVersion().isAtLeast(IDMAPPED)) {
            findings.unsupportedHere(
                    Feature.IDMAPPED_MOUNTS,
                    "it needs Linux " + IDMAPPED + ", this is " + machine.kernelVersion(),
                    "leave it out, or use a newer kernel");
        }
    }

    /** devpts gives terminals to a group, which must be one of the container's. */
    private static void checkGroup(Findings findings, Command command, Mount mount, Mount.Filesystem filesystem) {
        List<IdMapping> maps = command.namespaces().user().mappings().gids();
        if (!filesystem.type().equals("devpts") || maps.isEmpty()) {
            return;
        }
        for (String option : mount.data()) {
            if (option.matches("gid=[0-9]{1,10}")) {
                long gid = Long.parseLong(option.substring("gid=".length()));
                if (maps.stream().noneMatch(map -> gid >= map.inside() && gid < map.inside() + map.count())) {
                    findings.at("data")
                            .mistake(
                                    option + " is no group of the container: namespaces.user.mappings doesn't map it",
                                    "map it, or leave the option out");
                }
            }
        }
    }
}
