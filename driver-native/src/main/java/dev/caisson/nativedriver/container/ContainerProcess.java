// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.container;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartedProcess;
import dev.caisson.driver.pipes.ConsoleSize;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.ShimProcess;
import dev.caisson.nativedriver.stdio.ProcessStreams;
import java.util.Optional;

/**
 * A process of a container that its starter may act upon.
 *
 * @param name what messages call it
 * @param container in which it is
 * @param process what the shim knows it by
 * @param streams its streams, if this engine has them
 */
public record ContainerProcess(
        String name, ActiveContainer container, ShimProcess process, Optional<ProcessStreams> streams)
        implements StartedProcess {
    @Override
    public ProcessIdentity identity() {
        return new ProcessIdentity(process.pid(), process.startTime());
    }

    @Override
    public void signal(Signal signal) {
        String doing = "send " + signal + " to " + name;
        if (process.hasReached(Milestone.EXITED)) {
            return;
        }
        if (container.stage() == Stage.PAUSED && !signal.equals(Signal.KILL)) {
            throw WrongState.paused(doing);
        }
        process.signal(signal.number())
                .filter(reason -> !reason.equals(Errno.ESRCH))
                .ifPresent(reason -> {
                    throw new DriverException(StandardErrorCode.INTERNAL, doing, reason.text(), "");
                });
    }

    @Override
    public void resize(ConsoleSize size) {
        String doing = "resize the terminal of " + name;
        streams.orElseThrow(() -> new DriverException(
                        StandardErrorCode.INVALID_ARGUMENT,
                        doing,
                        "its streams are not connected to this engine",
                        "attach them first"))
                .resize(doing, size);
    }
}
