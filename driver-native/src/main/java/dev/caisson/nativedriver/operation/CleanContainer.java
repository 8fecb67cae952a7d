// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.Stage;
import dev.caisson.nativedriver.container.WrongState;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.shim.Milestone;
import dev.caisson.nativedriver.shim.ShimProcess;
import dev.caisson.nativedriver.stdio.ProcessStreams;

/** Removes every trace of a container that has ended or was never started. */
public final class CleanContainer {
    private final ContainerHooks hooks;
    private final TerminateContainer terminate;

    public CleanContainer(ContainerHooks hooks, TerminateContainer terminate) {
        this.hooks = hooks;
        this.terminate = terminate;
    }

    /** Not interruptible; an interrupt during poststop hooks kills those and stays pending. */
    public void clean(ActiveContainer container) {
        String doing = "clean container \"" + container.id() + "\"";
        container.operating().lock();
        try {
            if (!removed(doing, container)) {
                return;
            }
        } finally {
            container.operating().unlock();
        }
        try {
            hooks.afterClean(container.command());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns false if somebody else had removed it already. */
    private boolean removed(String doing, ActiveContainer container) {
        Stage stage = container.stage();
        switch (stage) {
            case CLEANED -> {
                return false;
            }
            case CREATING, STARTING, RUNNING, PAUSED -> throw WrongState.stillRunning(doing, stage);
            case CREATED -> terminate.terminate(container);
            case EXITED -> {}
        }
        ShimProcess init = container.process();
        if (!init.cleansItself()) {
            init.clean();
        }
        init.awaitUninterruptibly(Milestone.CLEANED);
        init.uncleaned().ifPresent(left -> {
            throw new DriverException(
                    StandardErrorCode.INTERNAL,
                    doing,
                    left.text() + ": " + Errno.of(left.errno()).text(),
                    "see who uses it, then clean it again");
        });
        container.streams().ifPresent(ProcessStreams::close);
        return true;
    }
}
