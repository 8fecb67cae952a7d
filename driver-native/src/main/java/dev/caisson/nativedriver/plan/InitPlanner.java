// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.nativedriver.cgroup.CgroupPlan;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.machine.MachineFacts;
import dev.caisson.nativedriver.network.NetworkPins;
import dev.caisson.nativedriver.oci.OciState;
import dev.caisson.nativedriver.seccomp.SeccompFilter;
import dev.caisson.nativedriver.seccomp.SeccompFilters;
import java.util.List;
import java.util.Optional;

/**
 * Plans a container's first process. Thread-safe. Whether the Command can be honoured here is for
 * {@link dev.caisson.nativedriver.check.CommandChecks}, which come first: a planner writes what it is given.
 */
public final class InitPlanner {
    private final MachineFacts machine;
    private final SeccompFilters seccomp;
    private final SecurityEntries security;
    private final ListenerEntries listeners;
    private final NamespaceEntries namespaces;
    private final NetworkEntries networks;
    private final RootfsEntries rootfs;

    /** @param pins what a container's network needs to be kept open */
    public InitPlanner(
            Kernel kernel, MachineFacts machine, SeccompFilters seccomp, NamespaceSource containers, NetworkPins pins) {
        this.machine = machine;
        this.seccomp = seccomp;
        this.security = new SecurityEntries(machine);
        this.listeners = new ListenerEntries(kernel);
        this.namespaces = new NamespaceEntries(machine, containers, new NamespaceFiles(kernel));
        this.networks = new NetworkEntries(pins);
        this.rootfs = new RootfsEntries(new HostRoot(kernel, machine), new RootOwners(kernel, machine));
    }

    /**
     * Plans it.
     *
     * @param stdio its streams; none of 0, 1 and 2 with a terminal
     * @return a plan to be closed when it was sent
     * @throws dev.caisson.driver.DriverException if a namespace can't be opened, addresses can't be translated, the seccomp profile can't be compiled, or
     *     the plan grows too large
     */
    public LaunchPlan plan(Command command, CgroupPlan cgroups, List<Stdio> stdio, LaunchOptions options) {
        ProcessConfig process = command.process();
        try (PlanWriter plan = new PlanWriter(PlanKind.INIT)) {
            RecordEntries.write(plan, command.id(), options);
            CgroupEntries.write(plan, cgroups);
            CgroupEntries.give(plan, cgroups, command, machine);
            namespaces.write(plan, command);
            networks.write(plan, command);
            rootfs.write(plan, command);
            MountEntries.write(plan, command, machine);
            DeviceEntries.write(plan, command);
            ConfinementEntries.write(plan, command);
            HookEntries.write(plan, command.hooks());
            StdioEntries.write(plan, stdio);
            ProgramEntries.write(plan, process);
            LimitEntries.write(plan, process);
            IdentityEntries.write(plan, process, machine.available(NamespaceChoices.usersOfHost(command)));
            Optional<SeccompFilter> filter = seccomp.filter(command);
            security.write(plan, process, command.security(), filter);
            filter.flatMap(SeccompFilter::listener)
                    .ifPresent(listener ->
                            listeners.write(plan, listener, OciState.of(command, OciState.Status.CREATING, 0)));
            return plan.finish();
        }
    }
}
