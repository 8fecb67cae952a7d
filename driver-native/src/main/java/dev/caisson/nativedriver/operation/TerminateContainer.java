// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.Signal;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.ShimProcess;

/** Kills every process of a container, whatever its state. */
public final class TerminateContainer {
    /**
     * Returns when they are gone. Not interruptible. When the init is killed, its pid namespace goes with it, and what isn't in
     * one is killed by the shim through the cgroup; one that is frozen is thawed by the shim.
     */
    public void terminate(ActiveContainer container) {
        ShimProcess init = container.awaitLaunched();
        if (init == null || init.hasReached(Milestone.EXITED)) {
            return;
        }
        init.signal(Signal.KILL.number());
        init.awaitUninterruptibly(Milestone.EXITED);
    }
}
