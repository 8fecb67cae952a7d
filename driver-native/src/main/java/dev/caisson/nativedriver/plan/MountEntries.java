// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.nativedriver.machine.MachineFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is mounted in a container, in the Command's order. */
final class MountEntries {
    /** Filesystems of the container's own that take an SELinux label as mount option; proc and sysfs refuse it. */
    private static final Set<String> LABELLED = Set.of("tmpfs", "ramfs", "devpts", "overlay");

    private static final String TTY = "gid=5";

    private MountEntries() {}

    static void write(PlanWriter plan, Command command, MachineFacts machine) {
        write(plan, command, command.mounts(), machine);
    }

    /** Others than the Command's own, as if they were. */
    static void write(PlanWriter plan, Command command, List<Mount> mounts, MachineFacts machine) {
        List<IdMappings> idmaps = new ArrayList<>();
        for (Mount mount : mounts) {
            MountEntry.Builder entry = entry(mount, command.security().mountLabel(), data(mount, command, machine));
            mount.idmap().ifPresent(idmap -> entry.idmap(number(plan, idmaps, idmap)));
            if (mount.idmapRecursive()) {
                entry.option(MountOption.IDMAP_RECURSIVE);
            }
            entry.build().write(plan);
            writeTreeFlags(plan, mount);
        }
    }

    /** The number of an id map in the plan, which has each one once. */
    private static int number(PlanWriter plan, List<IdMappings> known, IdMappings idmap) {
        if (!known.contains(idmap)) {
            known.add(idmap);
            plan.begin(EntryType.IDMAP);
            NamespaceEntries.putMap(plan, idmap.uids());
            NamespaceEntries.putMap(plan, idmap.gids());
            plan.end();
        }
        return known.indexOf(idmap) + 1;
    }

    /**
     * The filesystem's options. Group tty, to which terminals belong by default, is left out where an ordinary user has but
     * one group to give: they belong to that one then.
     */
    private static List<String> data(Mount mount, Command command, MachineFacts machine) {
        return !machine.ttyGroup() && NamespaceChoices.usersOfHost(command)
                ? mount.data().stream().filter(option -> !option.equals(TTY)).toList()
                : mount.data();
    }

    private static MountEntry.Builder entry(Mount mount, Optional<String> label, List<String> data) {
        MountFlags flags = mount.flags();
        boolean treeOnly = mount.kind() instanceof Mount.Bind && isPlain(flags);
        // A new filesystem has nothing mounted below it: there a flag for the whole tree is a flag.
        boolean merged = treeOnly || !(mount.kind() instanceof Mount.Bind);
        MountEntry.Builder entry = MountEntry.at(mount.target().value())
                .set(MountBits.of(merged ? union(flags.set(), flags.recursive()) : flags.set()))
                .clear(MountBits.of(merged ? union(flags.cleared(), flags.recursiveCleared()) : flags.cleared()))
                .propagation(mount.propagation().map(MountBits::of).orElse(0L));
        if (treeOnly && hasTreeFlags(flags)) {
            entry.option(MountOption.ATTR_RECURSIVE);
        }
        switch (mount.kind()) {
            case Mount.Bind bind -> {
                entry.kind(MountKind.BIND).source(bind.source().toString());
                if (bind.recursive()) {
                    entry.option(MountOption.RECURSIVE);
                }
            }
            case Mount.Tmpfs tmpfs -> {
                entry.filesystem("tmpfs", "tmpfs").data(tmpfsData(tmpfs, data, label));
                if (tmpfs.copyUp()) {
                    entry.option(MountOption.COPY_UP);
                }
            }
            case Mount.Filesystem filesystem -> {
                boolean labelled = LABELLED.contains(filesystem.type());
                entry.filesystem(filesystem.type(), filesystem.source())
                        .data(joined(data, labelled ? label : Optional.empty()));
            }
            case Mount.Cgroup cgroup ->
                entry.kind(MountKind.CGROUP).source("cgroup").data(joined(data, Optional.empty()));
            case Mount.Content content -> entry.kind(MountKind.CONTENT).content(content.content(), content.mode());
        }
        return entry;
    }

    /** A bind with flags of its own and others for its whole tree takes two steps. */
    private static void writeTreeFlags(PlanWriter plan, Mount mount) {
        MountFlags flags = mount.flags();
        if (mount.kind() instanceof Mount.Bind && !isPlain(flags) && hasTreeFlags(flags)) {
            MountEntry.at(mount.target().value())
                    .kind(MountKind.ATTRIBUTES)
                    .set(MountBits.of(flags.recursive()))
                    .clear(MountBits.of(flags.recursiveCleared()))
                    .option(MountOption.ATTR_RECURSIVE)
                    .build()
                    .write(plan);
        }
    }

    private static boolean isPlain(MountFlags flags) {
        return flags.set().isEmpty() && flags.cleared().isEmpty();
    }

    private static boolean hasTreeFlags(MountFlags flags) {
        return !flags.recursive().isEmpty() || !flags.recursiveCleared().isEmpty();
    }

    private static Set<MountFlag> union(Set<MountFlag> a, Set<MountFlag> b) {
        EnumSet<MountFlag> union = EnumSet.noneOf(MountFlag.class);
        union.addAll(a);
        union.addAll(b);
        return Collections.unmodifiableSet(union);
    }

    private static String tmpfsData(Mount.Tmpfs tmpfs, List<String> data, Optional<String> label) {
        List<String> options = new ArrayList<>();
        // size=0 is tmpfs(5)'s word for no limit; without the option it is half of the memory.
        tmpfs.size().ifPresent(size -> options.add("size=" + Math.max(0, size.bytes())));
        tmpfs.mode().ifPresent(mode -> options.add("mode=" + Integer.toOctalString(mode)));
        options.addAll(data);
        return joined(options, label);
    }

    private static String joined(List<String> options, Optional<String> label) {
        if (label.isEmpty()) {
            return String.join(",", options);
        }
        List<String> labelled = new ArrayList<>(options);
        labelled.add("context=\"" + label.get() + "\"");
        return String.join(",", labelled);
    }
}
