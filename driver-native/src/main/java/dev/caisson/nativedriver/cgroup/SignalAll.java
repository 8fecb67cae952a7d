// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.nativedriver.cgroup.controller.Freezer;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends a signal to every process of a cgroup, missing none that is made meanwhile. */
final class SignalAll {
    private static final int SIGKILL = 9;

    /** Kills a cgroup as a whole, since Linux 5.14. */
    private static final String KILL = "cgroup.kill";

    private final Kernel kernel;
    private final @Nullable Freezer freezer;
    private final Supplier<List<Integer>> processes;

    SignalAll(Kernel kernel, @Nullable Freezer freezer, Supplier<List<Integer>> processes) {
        this.kernel = kernel;
        this.freezer = freezer;
        this.processes = processes;
    }

    void send(int signal, CgroupDirectory directory) throws InterruptedException {
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

    void signalEach(int signal) {
        processes.get().forEach(pid -> signalOne(pid, signal));
    }

    void signalOne(int pid, int signal) {
        try {
            kernel.processes().kill(pid, signal);
        } catch (KernelException e) {
            if (!e.is(Errno.ESRCH)) {
                throw e;
            }
        }
    }
}
