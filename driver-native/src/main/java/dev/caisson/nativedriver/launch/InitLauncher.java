// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.launch;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.cgroup.CgroupHold;
import dev.caisson.nativedriver.cgroup.CgroupManager;
import dev.caisson.nativedriver.cgroup.CgroupPlace;
import dev.caisson.nativedriver.cgroup.CgroupPlan;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.ActiveContainers;
import dev.caisson.nativedriver.container.ContainerParts;
import dev.caisson.nativedriver.container.Stage;
import dev.caisson.nativedriver.event.EventHub;
import dev.caisson.nativedriver.plan.InitPlanner;
import dev.caisson.nativedriver.plan.LaunchOptions;
import dev.caisson.nativedriver.plan.LaunchPlan;
import dev.caisson.nativedriver.plan.Stdio;
import dev.caisson.nativedriver.record.ContainerRecord;
import dev.caisson.nativedriver.shim.ShimProcess;
import dev.caisson.nativedriver.stdio.ProcessStreams;
import dev.caisson.nativedriver.stdio.StreamWiring;
import java.util.List;

/** Turns a Command into a launch under way. Thread-safe. */
public final class InitLauncher {
    /** Decides how a process becomes the container. */
    @FunctionalInterface
    public interface Planner {
        /** Returns a plan to be closed when it was sent. */
        LaunchPlan plan(Command command, CgroupPlan cgroup, List<Stdio> stdio, LaunchOptions options);
    }

    private final CgroupManager cgroups;
    private final InitPlanner planner;
    private final StreamWiring wiring;
    private final Launcher launcher;
    private final ActiveContainers containers;
    private final EventHub events;
    private final boolean lasting;

    /** @param lasting whether what an engine after us has to know is left with the shim */
    public InitLauncher(
            CgroupManager cgroups,
            InitPlanner planner,
            StreamWiring wiring,
            Launcher launcher,
            ActiveContainers containers,
            EventHub events,
            boolean lasting) {
        this.cgroups = cgroups;
        this.planner = planner;
        this.wiring = wiring;
        this.launcher = launcher;
        this.containers = containers;
        this.events = events;
        this.lasting = lasting;
    }

    /**
     * Decides everything, takes the id and sends the launch. If that throws, nothing is left.
     *
     * @param doing what is being done, for messages
     */
    public InitLaunch launch(String doing, Command command, Pipes pipes, LaunchOptions options) {
        return launch(doing, command, pipes, options, planner::plan);
    }

    /** As {@link #launch(String, Command, Pipes, LaunchOptions)} by another plan than that of a new container. */
    public InitLaunch launch(String doing, Command command, Pipes pipes, LaunchOptions options, Planner planned) {
        CgroupPlace place = CgroupPlace.of(command.cgroup(), command.id().value());
        CgroupPlan cgroup = cgroups.plan(command.id().value(), place, command.resources());
        ActiveContainer container =
                new ActiveContainer(command, ContainerParts.of(cgroup), Stage.CREATING, containers, events);
        register(container, cgroup);
        ProcessStreams streams = null;
        try {
            streams = wiring.wire(doing, pipes, command.process().terminal());
            container.connect(streams);
            LaunchPlan plan = planned.plan(command, cgroup, streams.stdio(), kept(options, command, cgroup));
            ShimProcess process =
                    launcher.launch("container \"" + command.id() + "\"", plan, streams, listener(cgroup, container));
            container.launched(process);
            return new InitLaunch(container, process, cgroup);
        } catch (RuntimeException | Error e) {
            if (streams != null) {
                streams.close();
            }
            container.neverLaunched();
            cgroup.hold().release();
            throw e;
        }
    }

    private void register(ActiveContainer container, CgroupPlan cgroup) {
        try {
            containers.add(container);
        } catch (DriverException e) {
            cgroup.hold().release();
            throw e;
        }
    }

    private static ShimProcess.Listener listener(CgroupPlan cgroup, ActiveContainer container) {
        return cgroup.hold().equals(CgroupHold.NONE) ? container : new ReleasingListener(cgroup.hold(), container);
    }

    private LaunchOptions kept(LaunchOptions options, Command command, CgroupPlan cgroup) {
        return lasting ? options.withBlob(new ContainerRecord(command, cgroup.reportFiles()).encode()) : options;
    }
}
