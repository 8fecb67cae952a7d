// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Termination;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.WrongState;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.ShimProcess;
import dev.caisson.nativedriver.stdio.ProcessStreams;
import java.util.Optional;

/** Waits for a container's end and for its output. */
public final class AwaitContainer {
    private AwaitContainer() {}

    /** Who was waiting when the shim died is told so; whoever asks later gets the status. */
    public static ExitStatus await(ActiveContainer container) throws InterruptedException {
        String doing = "wait for container \"" + container.id() + "\"";
        ShimProcess init = container.process();
        boolean sawItAlive = container.status().isEmpty();
        init.await(Milestone.EXITED);
        ExitStatus status = container.status().orElseThrow(() -> WrongState.notRunning(doing, container.stage()));
        if (sawItAlive && status.termination() instanceof Termination.Lost) {
            throw init.lossDuring(doing);
        }
        Optional<ProcessStreams> streams = container.streams();
        if (streams.isPresent()) {
            streams.get().awaitDelivered(doing);
        }
        return status;
    }
}
