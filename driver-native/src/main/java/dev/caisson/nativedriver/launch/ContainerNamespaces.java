// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.launch;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.ActiveContainers;
import dev.caisson.nativedriver.container.Stage;
import dev.caisson.nativedriver.container.WrongState;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.plan.NamespaceSource;
import dev.caisson.nativedriver.procfs.ProcessStat;

/** Finds the namespaces of containers by their inits. */
public final class ContainerNamespaces implements NamespaceSource {
    private final Kernel kernel;
    private final ActiveContainers containers;

    public ContainerNamespaces(Kernel kernel, ActiveContainers containers) {
        this.kernel = kernel;
        this.containers = containers;
    }

    @Override
    public Descriptor open(ContainerId id) {
        String doing = "join the namespaces of container \"" + id + "\"";
        ActiveContainer container = containers.require(doing, id);
        Stage stage = container.stage();
        ProcessIdentity init = container.init().orElseThrow(() -> WrongState.notRunning(doing, stage));
        if (stage == Stage.EXITED || stage == Stage.CLEANED) {
            throw WrongState.notRunning(doing, stage);
        }
        return open(doing, init);
    }

    /** The pid may have been given to another process: only once it is open can it be told that it was not. */
    private Descriptor open(String doing, ProcessIdentity init) {
        int pid = Math.toIntExact(init.pid());
        try {
            Descriptor pidfd = kernel.processes().openPidfd(pid);
            try {
                ProcessStat stat = ProcessStat.parse(kernel.files().read("/proc/" + pid + "/stat"));
                if (stat.startTime() == init.startTime()) {
                    return pidfd;
                }
            } catch (KernelException e) {
                pidfd.close();
                throw e;
            }
            pidfd.close();
        } catch (KernelException e) {
            if (!e.is(Errno.ESRCH, Errno.ENOENT)) {
                throw e;
            }
        }
        throw ended(doing);
    }

    private static DriverException ended(String doing) {
        return WrongState.notRunning(doing, Stage.EXITED);
    }
}
