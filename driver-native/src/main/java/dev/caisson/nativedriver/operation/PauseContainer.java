// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.cgroup.Cgroup;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.Stage;
import dev.caisson.nativedriver.container.WrongState;
import dev.caisson.nativedriver.event.EventHub;
import java.time.Instant;

/** Freezes every process of a container. */
public final class PauseContainer {
    private final CgroupOf cgroups;
    private final EventHub events;

    public PauseContainer(CgroupOf cgroups, EventHub events) {
        this.cgroups = cgroups;
        this.events = events;
    }

    public void pause(ActiveContainer container) {
        String doing = "pause container \"" + container.id() + "\"";
        container.operating().lock();
        try {
            if (container.stage() == Stage.PAUSED) {
                throw WrongState.paused(doing);
            }
            cgroups.use(doing, container, cgroup -> freeze(doing, cgroup));
            Stage found = container.advance(Stage.RUNNING, Stage.PAUSED);
            if (found != Stage.RUNNING) {
                throw WrongState.notRunning(doing, found);
            }
        } finally {
            container.operating().unlock();
        }
        events.publish(() -> new ContainerEvent.Paused(container.id(), Instant.now()));
    }

    private static boolean freeze(String doing, Cgroup cgroup) {
        try {
            cgroup.freeze();
            return true;
        } catch (InterruptedException e) {
            cgroup.thaw();
            Thread.currentThread().interrupt();
            throw new DriverException(
                    StandardErrorCode.INTERNAL, doing, "this thread was interrupted", "it runs on; pause it again", e);
        }
    }
}
