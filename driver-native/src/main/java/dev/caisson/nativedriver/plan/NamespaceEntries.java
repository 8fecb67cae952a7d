// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.TimeNamespace;
import dev.caisson.nativedriver.machine.MachineFacts;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The namespaces of a container: those that are made, and those of others that it joins. */
final class NamespaceEntries {
    private static final int CLOCK_MONOTONIC = 1;
    private static final int CLOCK_BOOTTIME = 7;

    private final MachineFacts machine;
    private final NamespaceSource containers;
    private final NamespaceFiles files;

    NamespaceEntries(MachineFacts machine, NamespaceSource containers, NamespaceFiles files) {
        this.machine = machine;
        this.containers = containers;
        this.files = files;
    }

    void write(PlanWriter plan, Command command) {
        int made = 0;
        Map<ContainerId, Integer> joined = new LinkedHashMap<>();
        for (NamespaceKind kind : NamespaceKind.values()) {
            switch (NamespaceChoices.of(command, kind)) {
                case NamespaceChoice.Host host -> {}
                case NamespaceChoice.Private own -> made |= kind.flag();
                case NamespaceChoice.OfContainer other -> joined.merge(other.id(), kind.flag(), (a, b) -> a | b);
                case NamespaceChoice.AtPath at -> {
                    int index = plan.own(files.open(kind, at.path()));
                    join(plan, kind.flag(), index);
                }
            }
        }
        joined.forEach((id, flags) -> {
            int index = plan.own(containers.open(id));
            join(plan, flags, index);
        });
        if (made != 0) {
            plan.begin(EntryType.NS_NEW).u32(made).end();
        }
        plan.flag(PlanFlag.LOOPBACK, NamespaceChoices.isPrivate(command, NamespaceKind.NETWORK));
        plan.flag(PlanFlag.KILL_CGROUP, !NamespaceChoices.isPrivate(command, NamespaceKind.PID));
        writeMaps(plan, command, machine);
        command.hostname().ifPresent(name -> plan.put(EntryType.HOSTNAME, name));
        command.domainname().ifPresent(name -> plan.put(EntryType.DOMAINNAME, name));
        command.namespaces().time().offsets().forEach((clock, offset) -> writeOffset(plan, clock, offset));
    }

    /**
     * Those that somebody needs who brings a container back: mounts of its own, and the network, which is not brought back but
     * made anew. CRIU makes the others.
     */
    void writeForRestore(PlanWriter plan, Command command) {
        int made = NamespaceKind.MOUNT.flag();
        switch (NamespaceChoices.of(command, NamespaceKind.NETWORK)) {
            case NamespaceChoice.Host host -> {}
            case NamespaceChoice.Private own -> {
                made |= NamespaceKind.NETWORK.flag();
                plan.flag(PlanFlag.LOOPBACK);
            }
            case NamespaceChoice.OfContainer other ->
                join(plan, NamespaceKind.NETWORK.flag(), plan.own(containers.open(other.id())));
            case NamespaceChoice.AtPath at ->
                join(plan, NamespaceKind.NETWORK.flag(), plan.own(files.open(NamespaceKind.NETWORK, at.path())));
        }
        plan.begin(EntryType.NS_NEW).u32(made).end();
        plan.flag(PlanFlag.KILL_CGROUP, !NamespaceChoices.isPrivate(command, NamespaceKind.PID));
    }

    private static void join(PlanWriter plan, int flags, int index) {
        plan.begin(EntryType.NS_JOIN).u32(flags).u32(index).end();
    }

    /** Where the namespace is joined, they tell the reader who the container's root is on the host. */
    static void writeMaps(PlanWriter plan, Command command, MachineFacts machine) {
        IdMappings mappings = machine.seenByShim(command.namespaces().user().mappings());
        writeMap(plan, EntryType.UID_MAP, mappings.uids());
        writeMap(plan, EntryType.GID_MAP, mappings.gids());
    }

    private static void writeMap(PlanWriter plan, EntryType type, List<IdMapping> maps) {
        if (!maps.isEmpty()) {
            putMap(plan.begin(type), maps);
            plan.end();
        }
    }

    /** Adds a list of ranges to an entry. */
    static void putMap(PlanWriter plan, List<IdMapping> maps) {
        plan.u32(maps.size());
        maps.forEach(
                map -> plan.u32((int) map.inside()).u32((int) map.outside()).u32((int) map.count()));
    }

    private static void writeOffset(PlanWriter plan, TimeNamespace.Clock clock, Duration offset) {
        int number = switch (clock) {
            case MONOTONIC -> CLOCK_MONOTONIC;
            case BOOTTIME -> CLOCK_BOOTTIME;
        };
        plan.begin(EntryType.TIME_OFFSET)
                .u32(number)
                .u64(offset.getSeconds())
                .u32(offset.getNano())
                .end();
    }
}
