// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.cgroup.Cgroup;
import dev.caisson.nativedriver.container.ActiveContainer;

/** Sends a signal to every process of a container. */
public final class KillAll {
    private final CgroupOf cgroups;

    public KillAll(CgroupOf cgroups) {
        this.cgroups = cgroups;
    }

    public void killAll(ActiveContainer container, Signal signal) {
        String doing = "send " + signal + " to all processes of container \"" + container.id() + "\"";
        KillContainer.check(doing, container, signal);
        cgroups.use(doing, container, cgroup -> send(doing, cgroup, signal));
    }

    private static boolean send(String doing, Cgroup cgroup, Signal signal) {
        try {
            cgroup.signalAll(signal.number());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DriverException(
                    StandardErrorCode.INTERNAL,
                    doing,
                    "this thread was interrupted",
                    "some may have got the signal; send it again",
                    e);
        }
    }
}
