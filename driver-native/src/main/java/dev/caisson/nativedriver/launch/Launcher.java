// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.launch;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.Signal;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.plan.LaunchPlan;
import dev.caisson.nativedriver.plan.PlanFlag;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.Shim;
import dev.caisson.nativedriver.shim.ShimProcess;
import dev.caisson.nativedriver.stdio.ProcessStreams;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands plans to the shim. Thread-safe. */
public final class Launcher {
    private static final Logger log = LoggerFactory.getLogger(Launcher.class);

    private final Kernel kernel;
    private final Shim shim;

    public Launcher(Kernel kernel, Shim shim) {
        this.kernel = kernel;
        this.shim = shim;
    }

    /**
     * Sends a plan, and closes it and what was opened for the process in any case.
     *
     * @param name what messages call the process
     */
    public ShimProcess launch(String name, LaunchPlan plan, ProcessStreams streams, ShimProcess.Listener listener) {
        try (plan;
                Descriptor memory = kernel.descriptors().sealedMemory("caisson-plan", plan.bytes())) {
            ShimProcess process = shim.prepare(name, listener);
            List<Descriptor> beside = new ArrayList<>(plan.descriptors().size() + 1);
            beside.add(memory);
            beside.addAll(plan.descriptors());
            process.launch(beside, plan.has(PlanFlag.AUTO_CLEAN));
            return process;
        } finally {
            streams.handedOver();
        }
    }

    /**
     * Kills a process, and returns when the shim has forgotten it or there is no shim any more. Not interruptible: it is what
     * is done when somebody was.
     */
    public void kill(ShimProcess process) {
        try {
            if (process.hasReached(Milestone.CLEANED)) {
                forgetFailed(process);
                return;
            }
            process.signal(Signal.KILL.number());
            process.awaitUninterruptibly(Milestone.EXITED);
            if (!process.cleansItself()) {
                process.clean();
            }
            process.awaitUninterruptibly(Milestone.CLEANED);
        } catch (DriverException e) {
            // Its shim died, and it with that.
            log.debug("Nobody to kill", e);
        }
    }

    /** A lasting shim keeps the word of a failed launch until it is told to forget, as that of every end. */
    private void forgetFailed(ShimProcess process) {
        if (process.hasFailed() && shim.isLasting() && !process.cleansItself()) {
            process.clean();
        }
    }
}
