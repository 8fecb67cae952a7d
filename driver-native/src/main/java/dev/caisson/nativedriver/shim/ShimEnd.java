// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import dev.caisson.driver.Signal;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a shim comes to its end.
 *
 * @param kernel for one that has to be killed
 * @param process the shim, if this JVM has started it
 */
record ShimEnd(Kernel kernel, @Nullable Process process) {
    private static final Logger log = LoggerFactory.getLogger(ShimEnd.class);

    /** What a JDK's Process adds to the number of the signal that ended it. */
    private static final int SIGNALLED = 128;

    /** How long a tied shim may take to kill and clean everything before it is itself killed. */
    private static final long MOST_MILLIS = TimeUnit.SECONDS.toMillis(60);

    /**
     * Leaves it. A tied one kills and cleans all that it holds, and ends; this returns when it has. A lasting one ends if it
     * holds nothing. Not interruptible.
     */
    void leave(ShimConnection connection, ShimMode mode) {
        int pid = connection.welcome().shimPid();
        // Another driver of this JVM, or an engine before us, may have started it.
        Optional<ProcessHandle> shim = ProcessHandle.of(pid);
        boolean goesOn = mode == ShimMode.LASTING && !endsIfIdle(connection);
        if (!hangUp(connection)) {
            kill(pid);
        }
        if (!goesOn && !connection.wasRefused()) {
            // It exits right after it has closed its socket.
            shim.ifPresent(process -> process.onExit().join());
        }
    }

    private static boolean endsIfIdle(ShimConnection connection) {
        try {
            connection.leave();
            return true;
        } catch (KernelException e) {
            log.debug("The shim had ended already", e);
            return false;
        }
    }

    private static boolean hangUp(ShimConnection connection) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return connection.hangUp(MOST_MILLIS);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void kill(int pid) {
        log.error("The helper process caisson-shim (pid {}) did not end within {} ms: killing it", pid, MOST_MILLIS);
        try (Descriptor stuck = kernel.processes().openPidfd(pid)) {
            kernel.processes().signal(stuck, Signal.KILL.number());
        } catch (KernelException e) {
            log.debug("It has ended meanwhile", e);
        }
    }

    /** Returns what became of one that nobody had told to end. */
    String how(String why) {
        try {
            if (process == null || !process.waitFor(MOST_MILLIS, TimeUnit.MILLISECONDS)) {
                return why;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return why;
        }
        int status = process.exitValue();
        return status > SIGNALLED ? "was killed by " + new Signal(status - SIGNALLED) : "ended with status " + status;
    }
}
