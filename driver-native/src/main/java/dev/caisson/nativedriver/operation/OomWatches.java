// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerListener;
import dev.caisson.driver.DriverException;
import dev.caisson.nativedriver.cgroup.controller.OomWatch;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.container.ActiveContainers;
import dev.caisson.nativedriver.event.EventHub;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.KernelException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches whether running containers run out of memory, from the moment on at which somebody listens: without a listener
 * the verdict in the exit status is enough, and a start costs less.
 */
public final class OomWatches implements ContainerListener, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OomWatches.class);

    private final CgroupOf cgroups;
    private final ActiveContainers containers;
    private final EventHub events;
    private final Map<ContainerId, OomWatch> watches = new ConcurrentHashMap<>();
    private boolean begun;

    public OomWatches(CgroupOf cgroups, ActiveContainers containers, EventHub events) {
        this.cgroups = cgroups;
        this.containers = containers;
        this.events = events;
    }

    /** Begins to watch those that run and those that will be started. Calling it again does nothing. */
    public synchronized void begin() {
        if (begun) {
            return;
        }
        begun = true;
        events.subscribe(this);
        containers.all().forEach(this::watch);
    }

    @Override
    public void on(ContainerEvent event) {
        if (event instanceof ContainerEvent.Started) {
            containers.find(event.id()).ifPresent(this::watch);
        } else if (event instanceof ContainerEvent.Exited || event instanceof ContainerEvent.Cleaned) {
            end(event.id());
        }
    }

    private void watch(ActiveContainer container) {
        if (!container.stage().isAlive() || watches.containsKey(container.id())) {
            return;
        }
        try {
            cgroups.open(container)
                    .watchOom(container::oomKilled)
                    .map(watch -> watches.put(container.id(), watch))
                    .ifPresent(OomWatch::close);
        } catch (KernelException e) {
            // It has ended meanwhile, and its exit status tells.
            if (!e.is(Errno.ENOENT, Errno.ENODEV)) {
                log.warn("Container {} is not watched for want of memory", container.id(), e);
            }
        } catch (DriverException e) {
            log.warn("Container {} is not watched for want of memory", container.id(), e);
        }
        if (!container.stage().isAlive()) {
            end(container.id());
        }
    }

    private void end(ContainerId id) {
        OomWatch watch = watches.remove(id);
        if (watch != null) {
            watch.close();
        }
    }

    /** Ends all watches. */
    @Override
    public void close() {
        watches.keySet().forEach(this::end);
    }
}
