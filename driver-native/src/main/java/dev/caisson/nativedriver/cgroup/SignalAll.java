// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.nativedriver.cgroup.controller.Freezer;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends a signal to every process of a cgroup, missing none that is made meanwhile. */
final class SignalAll {
    private static final int SIGKILL = 9;

    /** Kills a cgroup as a whole, since Linux 5.14. */
    private static final String KILL = "cgroup.kill";

    private final Kernel kernel;
    private final CgroupDirectory directory;
    private final @Nullable Freezer freezer;

    SignalAll(Kernel kernel, CgroupDirectory directory, @Nullable Freezer freezer) {
        this.kernel = kernel;
        this.directory = directory;
        this.freezer = freezer;
    }

    void send(int signal) throws InterruptedException {
        if (signal == SIGKILL && directory.files().contains(KILL)) {
            kernel.files().write(directory.file(KILL), "1");
            return;
        }
        if (freezer == null || freezer.isFrozen()) {
            signalEach(signal);
            if (signal == SIGKILL && freezer != null) {
                // Frozen processes of version 1 do not even die.
                freezer.thaw();
            }
            return;
        }
        freezer.freeze();
        try {
            signalEach(signal);
        } finally {
            freezer.thaw();
        }
    }

    private void signalEach(int signal) {
        List<Integer> pids = new CgroupProcesses(kernel.files()).of(directory.path());
        for (int pid : pids) {
            try {
                kernel.processes().kill(pid, signal);
            } catch (KernelException e) {
                if (!e.is(Errno.ESRCH)) {
                    throw e;
                }
            }
        }
    }
}
