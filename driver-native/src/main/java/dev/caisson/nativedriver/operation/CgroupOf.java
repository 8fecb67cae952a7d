// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.cgroup.Cgroup;
import dev.caisson.nativedriver.cgroup.CgroupManager;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.Stage;
import dev.caisson.nativedriver.container.WrongState;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.function.Function;

/** Works on the cgroups of containers, which go as soon as their inits end. */
public final class CgroupOf {
    private final CgroupManager cgroups;

    public CgroupOf(CgroupManager cgroups) {
        this.cgroups = cgroups;
    }

    /** Refuses limits that this driver can't set here at all. */
    void checkLimits(ActiveContainer container, Resources resources) {
        cgroups.checkDelegated(container.id().value(), resources);
    }

    /** Returns the cgroup of a container. */
    Cgroup open(ActiveContainer container) {
        return cgroups.open(
                container.id().value(),
                container.parts().place(),
                container.process().pid());
    }

    /**
     * Does something with the cgroup of a running or paused container.
     *
     * @throws dev.caisson.driver.DriverException NOT_RUNNING, also if the container ends meanwhile
     */
    <T> T use(String doing, ActiveContainer container, Function<Cgroup, T> action) {
        Stage stage = container.stage();
        if (!stage.isAlive()) {
            throw WrongState.notRunning(doing, stage);
        }
        try {
            return action.apply(open(container));
        } catch (KernelException e) {
            Stage now = container.stage();
            if (!now.isAlive() || e.is(Errno.ENOENT, Errno.ENODEV, Errno.ESRCH)) {
                throw WrongState.notRunning(doing, now.isAlive() ? Stage.EXITED : now);
            }
            throw e;
        }
    }
}
