// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.Stage;
import dev.caisson.nativedriver.container.WrongState;
import dev.caisson.nativedriver.event.EventHub;
import java.time.Instant;

/** Lets a paused container go on. */
public final class UnpauseContainer {
    private final CgroupOf cgroups;
    private final EventHub events;

    public UnpauseContainer(CgroupOf cgroups, EventHub events) {
        this.cgroups = cgroups;
        this.events = events;
    }

    public void unpause(ActiveContainer container) {
        String doing = "unpause container \"" + container.id() + "\"";
        container.operating().lock();
        try {
            Stage stage = container.stage();
            if (stage != Stage.PAUSED) {
                throw WrongState.notPaused(doing, stage);
            }
            cgroups.use(doing, container, cgroup -> {
                cgroup.thaw();
                return true;
            });
            Stage found = container.advance(Stage.PAUSED, Stage.RUNNING);
            if (found != Stage.PAUSED) {
                throw WrongState.notPaused(doing, found);
            }
        } finally {
            container.operating().unlock();
        }
        events.publish(() -> new ContainerEvent.Unpaused(container.id(), Instant.now()));
    }
}
