// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.syntax.NamespaceSyntax;
import dev.caisson.cli.syntax.UserNamespaceSyntax;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.resources.ByteSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/** Which namespaces the container has of its own; and /dev/shm, which belongs to the ipc namespace. */
final class NamespaceFlags implements FlagGroup {
    private static final ContainerPath SHM = ContainerPath.of("/dev/shm");
    private static final int SHM_MODE = 01777;

    private static final Flag PID = Flag.value(
                    "--pid", "WHICH", "Process numbers: private (default), host, container:NAME or ns:PATH")
            .choices("private", "host");
    private static final Flag IPC = Flag.value(
                    "--ipc",
                    "WHICH",
                    "System V and POSIX ipc: private (default), shareable (the same), none (without /dev/shm), host, container:NAME (its /dev/shm stays its own) or ns:PATH")
            .choices("private", "shareable", "none", "host");
    private static final Flag UTS = Flag.value("--uts", "WHICH", "Host name: private (default), host or ns:PATH")
            .choices("private", "host");
    private static final Flag CGROUPNS = Flag.value("--cgroupns", "WHICH", "View of cgroups: private (default) or host")
            .choices("private", "host");
    private static final Flag USERNS = Flag.value(
                    "--userns",
                    "WHICH",
                    "Users: host (default); map:START:COUNT, its ids from 0 are the host's from START; remap:USER, the ranges of USER in /etc/subuid and /etc/subgid")
            .choices("host");
    /** Group tty, to which terminals belong by custom. */
    private static final int TTY = 5;

    private static final Flag SHM_SIZE = Flag.value("--shm-size", "SIZE", "Size of /dev/shm; default 64m");

    private final Joined joined;

    NamespaceFlags(Joined joined) {
        this.joined = joined;
    }

    @Override
    public FlagSection section() {
        return FlagSection.of("Its namespaces", PID, IPC, UTS, CGROUPNS, USERNS, SHM_SIZE);
    }

    @Override
    public void apply(FlagValues values, Draft draft) {
        values.read(PID, NamespaceSyntax::read)
                .map(choice -> joined.resolve(choice, "pid", (why, remedy) -> values.reject(PID, why, remedy)))
                .ifPresent(choice -> draft.namespaces = draft.namespaces.withPid(choice));
        values.read(UTS, NamespaceFlags::utsChoice)
                .ifPresent(choice -> draft.namespaces = draft.namespaces.withUts(choice));
        values.read(CGROUPNS, NamespaceSyntax::privateOrHost)
                .ifPresent(choice -> draft.namespaces = draft.namespaces.withCgroup(choice));
        values.read(USERNS, UserNamespaceSyntax::read).ifPresent(users -> {
            draft.namespaces = draft.namespaces.withUser(users);
            if (users.isPrivate() && !hasGroup(users.mappings(), TTY)) {
                draft.mounts.change(ContainerPath.of("/dev/pts"), NamespaceFlags::withoutGroup);
            }
        });
        values.read(SHM_SIZE, ByteSize::parse).ifPresent(size -> draft.mounts.change(SHM, sized(size)));
        applyIpc(values, draft);
    }

    private static boolean hasGroup(IdMappings maps, int gid) {
        return maps.gids().stream().anyMatch(map -> gid >= map.inside() && gid < map.inside() + map.count());
    }

    /** Terminals then belong to the group of whoever opens them. */
    private static Mount withoutGroup(Mount terminals) {
        List<String> data = terminals.data().stream()
                .filter(option -> !option.equals("gid=" + TTY))
                .toList();
        return new Mount(
                terminals.kind(),
                terminals.target(),
                terminals.flags(),
                terminals.propagation(),
                terminals.idmap(),
                terminals.idmapRecursive(),
                data);
    }

    private static NamespaceChoice utsChoice(String text) {
        NamespaceChoice choice = NamespaceSyntax.read(text);
        if (choice instanceof NamespaceChoice.OfContainer) {
            throw new BadValueException(
                    "joins a container's host name, which docker run can't", "give private, host or ns:PATH");
        }
        return choice;
    }

    private void applyIpc(FlagValues values, Draft draft) {
        Optional<String> given = values.text(IPC);
        if (given.filter("none"::equals).isPresent()) {
            draft.mounts.remove(SHM);
        } else if (given.filter("shareable"::equals).isEmpty()) {
            values.read(IPC, NamespaceSyntax::read)
                    .map(choice -> joined.resolve(choice, "ipc", (why, remedy) -> values.reject(IPC, why, remedy)))
                    .ifPresent(choice -> useIpc(choice, draft));
        }
    }

    /** With the host's ipc comes the host's own /dev/shm; a mount of /dev/mqueue shows the queues of its ipc namespace anyway. */
    private static void useIpc(NamespaceChoice choice, Draft draft) {
        draft.namespaces = draft.namespaces.withIpc(choice);
        Path host = Path.of(SHM.value());
        if (choice instanceof NamespaceChoice.Host && Files.isDirectory(host)) {
            draft.mounts.change(SHM, mount -> Mount.bind(host, SHM).withFlags(mount.flags()));
        }
    }

    private static UnaryOperator<Mount> sized(ByteSize size) {
        return mount -> new Mount(
                new Mount.Tmpfs(Optional.of(size), OptionalInt.of(SHM_MODE), false),
                mount.target(),
                mount.flags(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of());
    }
}
