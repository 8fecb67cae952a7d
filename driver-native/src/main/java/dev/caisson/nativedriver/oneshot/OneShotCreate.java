// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.oneshot;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.nativedriver.cgroup.CgroupManager;
import dev.caisson.nativedriver.cgroup.CgroupPlace;
import dev.caisson.nativedriver.cgroup.CgroupPlan;
import dev.caisson.nativedriver.failure.LaunchFailure;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.OpenFlag;
import dev.caisson.nativedriver.launch.Launcher;
import dev.caisson.nativedriver.launch.StreamFollower;
import dev.caisson.nativedriver.plan.InitPlanner;
import dev.caisson.nativedriver.plan.LaunchOptions;
import dev.caisson.nativedriver.plan.LaunchPlan;
import dev.caisson.nativedriver.shim.LaunchFailedException;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.Shim;
import dev.caisson.nativedriver.shim.ShimMode;
import dev.caisson.nativedriver.shim.ShimProcess;
import dev.caisson.nativedriver.stdio.ProcessStreams;
import dev.caisson.nativedriver.stdio.StreamWiring;
import java.nio.file.Path;

/** Makes a container whose init waits at a gate, and leaves it to the caller's sub-reaper. Thread-safe. */
public final class OneShotCreate {
    /** What has to be done between the making of the namespaces and the change of the root. */
    @FunctionalInterface
    public interface BeforeRoot {
        /**
         * Does it.
         *
         * @return the OCI state, for createContainer hooks
         */
        byte[] run(ProcessIdentity init) throws InterruptedException;
    }

    private final Kernel kernel;
    private final CgroupManager cgroups;
    private final InitPlanner planner;
    private final StreamWiring wiring;

    /** @param wiring for streams that are handed over as they are: nobody stays to carry bytes */
    public OneShotCreate(Kernel kernel, CgroupManager cgroups, InitPlanner planner, StreamWiring wiring) {
        this.kernel = kernel;
        this.cgroups = cgroups;
        this.planner = planner;
        this.wiring = wiring;
    }

    /**
     * Makes it. Returns when everything is made but the execve, which {@link OneShotGate#open} lets happen.
     *
     * @param root a directory of this container alone; it keeps the gate, and what is needed to remove the container
     * @param stateAtStart the OCI state, for startContainer hooks
     * @return its init
     * @throws DriverException if it can't be made; nothing is left but the directory
     * @throws InterruptedException if this thread was interrupted; nothing is left but the directory
     */
    public ProcessIdentity create(Command command, Pipes pipes, Path root, BeforeRoot beforeRoot, byte[] stateAtStart)
            throws InterruptedException {
        String doing = "create container \"" + command.id() + "\"";
        CgroupPlan cgroup = cgroups.plan(
                command.id().value(),
                CgroupPlace.of(command.cgroup(), command.id().value()),
                command.resources());
        OneShotGate.make(kernel, root);
        try (Shim shim = Shim.open(kernel, ShimMode.ONE_SHOT, root, (process, held) -> ShimProcess.Listener.NONE);
                Descriptor gate = kernel.files().open(OneShotGate.path(root), OpenFlag.PATH_ONLY);
                ProcessStreams streams =
                        wiring.wire(doing, pipes, command.process().terminal())) {
            LaunchOptions options =
                    LaunchOptions.none().withAwaitContinue(true).withHold(true).withGate(gate);
            LaunchPlan plan = planner.plan(command, cgroup, streams.stdio(), options);
            ShimProcess init = new Launcher(kernel, shim).launch(doing, plan, streams, new StreamFollower(streams));
            init.await(Milestone.CREATED);
            cgroup.hold().release();
            ProcessIdentity identity = new ProcessIdentity(init.pid(), init.startTime());
            init.proceed(beforeRoot.run(identity));
            init.await(Milestone.READY);
            init.start(stateAtStart);
            shim.awaitLeft();
            if (init.hasFailed()) {
                init.await(Milestone.STARTED);
            }
            return identity;
        } catch (LaunchFailedException e) {
            throw LaunchFailure.ofContainer(doing, command, cgroup.reportFiles(), e);
        } finally {
            cgroup.hold().release();
        }
    }
}
