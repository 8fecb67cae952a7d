// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Command;
import dev.caisson.nativedriver.cgroup.CgroupPlan;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.machine.MachineFacts;
import dev.caisson.nativedriver.network.NetworkPins;
import java.util.ArrayList;
import java.util.List;

/** Plans the program that brings a container back: what it finds ready is what a checkpoint does not hold. Thread-safe. */
public final class RestorePlanner {
    private static final int DIRECTORY = 1;
    private static final int FILE = 0;

    private final MachineFacts machine;
    private final NamespaceEntries namespaces;
    private final NetworkEntries networks;
    private final RootfsEntries rootfs;

    /** @param pins what a container's network needs to be kept open */
    public RestorePlanner(Kernel kernel, MachineFacts machine, NamespaceSource containers, NetworkPins pins) {
        this.networks = new NetworkEntries(pins);
        this.machine = machine;
        this.namespaces = new NamespaceEntries(machine, containers, new NamespaceFiles(kernel));
        this.rootfs = new RootfsEntries(new HostRoot(kernel, machine), new RootOwners(kernel, machine));
    }

    /**
     * Plans it.
     *
     * @param stdio the container's streams; none of 0, 1 and 2 with a terminal
     * @return a plan to be closed when it was sent
     */
    public LaunchPlan plan(
            Command command, CgroupPlan cgroups, List<Stdio> stdio, LaunchOptions options, Restoration restoration) {
        try (PlanWriter plan = new PlanWriter(PlanKind.INIT)) {
            plan.flag(PlanFlag.RESTORE).flag(PlanFlag.NEW_ROOT);
            plan.flag(PlanFlag.TTY, command.process().terminal());
            RecordEntries.write(plan, command.id(), options);
            CgroupEntries.write(plan, cgroups);
            namespaces.writeForRestore(plan, command);
            networks.write(plan, command);
            rootfs.writeSource(plan, command);
            plan.put(EntryType.RESTORE_STAGE, restoration.stage().toString());
            restoration.directories().forEach(path -> writePoint(plan, DIRECTORY, path));
            restoration.files().forEach(path -> writePoint(plan, FILE, path));
            MountEntries.write(plan, command, restoration.mounts(), machine);
            boolean ownNetwork = !NamespaceChoices.isOfHost(command, NamespaceKind.NETWORK);
            if (ownNetwork) {
                plan.begin(EntryType.KEEP_NETWORK).u32(Restoration.NETWORK).end();
            }
            if (NamespaceChoices.isPrivate(command, NamespaceKind.NETWORK)) {
                ConfinementEntries.writeNetworkSettings(plan, command);
            }
            writeDescriptors(plan, stdio, restoration);
            plan.begin(EntryType.IDENTITY)
                    .u32(restoration.uid())
                    .u32(restoration.gid())
                    .end();
            HostProgram restorer = restoration.restorer();
            HostPlanner.writeProgram(plan, restorer.path(), restorer.arguments(), restorer.environment());
            return plan.finish();
        }
    }

    private static void writePoint(PlanWriter plan, int kind, String path) {
        plan.begin(EntryType.RESTORE_POINT).u32(kind).string(path).end();
    }

    private static void writeDescriptors(PlanWriter plan, List<Stdio> stdio, Restoration restoration) {
        List<Stdio> all = new ArrayList<>(stdio);
        all.add(Stdio.descriptor(Restoration.SOCKET, restoration.socket()));
        StdioEntries.write(plan, all);
    }
}
