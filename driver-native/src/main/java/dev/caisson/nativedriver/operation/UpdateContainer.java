// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.check.Checker;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.event.EventHub;
import java.time.Instant;

/** Changes limits of a running container. */
public final class UpdateContainer {
    private final CgroupOf cgroups;
    private final EventHub events;

    public UpdateContainer(CgroupOf cgroups, EventHub events) {
        this.cgroups = cgroups;
        this.events = events;
    }

    public void update(ActiveContainer container, Resources resources) {
        String doing = "update container \"" + container.id() + "\"";
        cgroups.checkLimits(container, resources);
        Checker checker = Checker.atRoot();
        checker.check("resources", resources);
        if (!checker.mistakes().isEmpty()) {
            throw new InvalidCommandException(doing, checker.mistakes());
        }
        container.operating().lock();
        try {
            cgroups.use(doing, container, cgroup -> {
                cgroup.update(resources);
                return true;
            });
        } finally {
            container.operating().unlock();
        }
        events.publish(() -> new ContainerEvent.Updated(container.id(), Instant.now()));
    }
}
