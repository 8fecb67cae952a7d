// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.nativedriver.cgroup.CgroupStep;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.machine.MachineFacts;
import dev.caisson.nativedriver.oci.OciState;
import dev.caisson.nativedriver.seccomp.SeccompFilter;
import dev.caisson.nativedriver.seccomp.SeccompFilters;
import java.util.List;
import java.util.Optional;

/** Plans a further process in a running container. Thread-safe. */
public final class ExecPlanner {
    /** The index that stands for the init of the target, plan.h. */
    private static final int INIT_OF_TARGET = 0;

    private final MachineFacts machine;
    private final SeccompFilters seccomp;
    private final SecurityEntries security;
    private final ListenerEntries listeners;

    public ExecPlanner(Kernel kernel, MachineFacts machine, SeccompFilters seccomp) {
        this.machine = machine;
        this.seccomp = seccomp;
        this.security = new SecurityEntries(machine);
        this.listeners = new ListenerEntries(kernel);
    }

    /**
     * Plans it.
     *
     * @param process what it is; what that leaves open is as the container's own process has it
     * @param cgroups how it gets into the container's groups
     * @param stdio its streams; none of 0, 1 and 2 with a terminal
     * @return a plan to be closed when it was sent
     */
    public LaunchPlan plan(
            ExecTarget target,
            ProcessConfig process,
            List<CgroupStep.Join> cgroups,
            List<Stdio> stdio,
            LaunchOptions options) {
        Command command = target.command();
        ProcessConfig whole = ExecProcess.complete(process, command.process());
        Optional<SeccompFilter> filter = process.privileged() ? Optional.empty() : seccomp.filter(command);
        try (PlanWriter plan = new PlanWriter(PlanKind.EXEC)) {
            RecordEntries.write(plan, command.id(), options);
            plan.begin(EntryType.TARGET).u64(target.tag()).end();
            CgroupEntries.write(plan, cgroups);
            NamespaceEntries.writeMaps(plan, command, machine);
            plan.begin(EntryType.NS_JOIN)
                    .u32(namespaces(command))
                    .u32(INIT_OF_TARGET)
                    .end();
            StdioEntries.write(plan, stdio);
            ProgramEntries.write(plan, whole);
            LimitEntries.write(plan, whole);
            IdentityEntries.write(plan, whole, machine.available(NamespaceChoices.usersOfHost(command)));
            security.write(plan, whole, command.security(), filter);
            filter.flatMap(SeccompFilter::listener)
                    .ifPresent(listener -> listeners.write(
                            plan, listener, OciState.of(command, OciState.Status.RUNNING, target.pid())));
            return plan.finish();
        }
    }

    /** Those in which the container is not where the host is. */
    private static int namespaces(Command command) {
        int flags = 0;
        for (NamespaceKind kind : NamespaceKind.values()) {
            if (!(NamespaceChoices.of(command, kind) instanceof NamespaceChoice.Host)) {
                flags |= kind.flag();
            }
        }
        return flags;
    }
}
