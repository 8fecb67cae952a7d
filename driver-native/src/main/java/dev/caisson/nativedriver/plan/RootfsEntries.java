// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Propagation;
import dev.caisson.driver.command.Rootfs;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The root filesystem of a container that has a mount namespace of its own. */
final class RootfsEntries {
    private static final Set<Propagation> SHARED = EnumSet.of(Propagation.SHARED, Propagation.RSHARED);
    private static final Set<Propagation> SLAVE = EnumSet.of(Propagation.SLAVE, Propagation.RSLAVE);

    private final HostRoot host;
    private final RootOwners owners;

    RootfsEntries(HostRoot host, RootOwners owners) {
        this.host = host;
        this.owners = owners;
    }

    void write(PlanWriter plan, Command command) {
        if (!NamespaceChoices.isPrivate(command, NamespaceKind.MOUNT)) {
            // It lives in the mounts of another: the checks saw to it that the Command asks for none of its own.
            return;
        }
        Rootfs rootfs = command.rootfs();
        plan.flag(PlanFlag.NEW_ROOT);
        plan.flag(PlanFlag.ROOT_READONLY, rootfs.readonly());
        plan.flag(PlanFlag.NO_PIVOT, rootfs.noPivot());
        plan.flag(PlanFlag.ROOT_IDMAP, owners.needShift(command));
        base(command).ifPresent(propagation -> put(plan, EntryType.ROOT_PROPAGATION, propagation));
        rootfs.propagation().ifPresent(propagation -> put(plan, EntryType.ROOT_FINAL_PROPAGATION, propagation));
        writeSource(plan, command);
    }

    /** What the root is made of. */
    void writeSource(PlanWriter plan, Command command) {
        switch (command.rootfs().source()) {
            case Rootfs.Directory directory ->
                plan.put(EntryType.ROOT_BIND, directory.path().toString());
            case Rootfs.Overlay overlay -> writeOverlay(plan, overlay);
            case Rootfs.HostCopy copy -> host.write(plan, command, copy);
        }
    }

    /**
     * How all of the new namespace relates to the host's before anything is mounted in it. Usually as a slave, which the
     * reader does unasked. A mount that is to be shared with the host has to come from one that still is; one that is to be a
     * slave can't come from a private one.
     */
    private static Optional<Propagation> base(Command command) {
        Set<Propagation> wanted = EnumSet.noneOf(Propagation.class);
        command.mounts().forEach(mount -> mount.propagation().ifPresent(wanted::add));
        Optional<Propagation> root = command.rootfs().propagation();
        root.ifPresent(wanted::add);
        if (!Collections.disjoint(wanted, SHARED)) {
            return Optional.of(Propagation.RSHARED);
        }
        return root.isPresent() && Collections.disjoint(wanted, SLAVE)
                ? Optional.of(Propagation.RPRIVATE)
                : Optional.empty();
    }

    private static void put(PlanWriter plan, EntryType type, Propagation propagation) {
        plan.begin(type).u64(MountBits.of(propagation)).end();
    }

    private static void writeOverlay(PlanWriter plan, Rootfs.Overlay overlay) {
        List<String> layers = overlay.layers().stream().map(Path::toString).toList();
        Optional<Rootfs.WritableLayer> writable = overlay.writable();
        plan.begin(EntryType.ROOT_OVERLAY)
                .strings(layers)
                .string(writable.map(layer -> layer.upper().toString()).orElse(""))
                .string(writable.map(layer -> layer.work().toString()).orElse(""))
                .string(String.join(",", overlay.options()))
                .end();
    }
}
