// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.nativedriver.check.CommandChecks;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.Stage;
import dev.caisson.nativedriver.container.WrongState;
import dev.caisson.nativedriver.criu.Checkpoint;
import dev.caisson.nativedriver.shim.Milestone;

/** Writes a running container to a directory. */
public final class CheckpointContainer {
    private final CommandChecks checks;
    private final CgroupOf cgroups;
    private final Checkpoint checkpoint;

    public CheckpointContainer(CommandChecks checks, CgroupOf cgroups, Checkpoint checkpoint) {
        this.checks = checks;
        this.cgroups = cgroups;
        this.checkpoint = checkpoint;
    }

    /** Returns when it is written and, unless it is to go on, has ended. */
    public void checkpoint(ActiveContainer container, CheckpointOptions options) {
        String doing = "checkpoint container \"" + container.id() + "\"";
        container.operating().lock();
        try {
            if (container.stage() == Stage.PAUSED) {
                throw WrongState.paused(doing);
            }
            checks.checkCheckpoint(doing, container.command());
            cgroups.use(doing, container, cgroup -> {
                ProcessIdentity init =
                        container.init().orElseThrow(() -> WrongState.notRunning(doing, container.stage()));
                checkpoint.write(doing, container.command(), Math.toIntExact(init.pid()), cgroup, options);
                return init;
            });
        } finally {
            container.operating().unlock();
        }
        if (!options.leaveRunning() && !options.preDump()) {
            container.process().awaitUninterruptibly(Milestone.EXITED);
        }
    }
}
