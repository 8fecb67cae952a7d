// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.container;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The containers that are held, by their ids. Thread-safe. */
public final class ActiveContainers {
    private final ConcurrentMap<ContainerId, ActiveContainer> byId = new ConcurrentHashMap<>();

    /**
     * Adds a container.
     *
     * @throws DriverException ID_TAKEN
     */
    public void add(ActiveContainer container) {
        ActiveContainer other = byId.putIfAbsent(container.id(), container);
        if (other != null) {
            throw WrongState.taken(container.id(), other.stage());
        }
    }

    /** Takes a container out, if it is the one that is held under its id. */
    public void remove(ActiveContainer container) {
        byId.remove(container.id(), container);
    }

    /** Returns the container of that id, if there is one. */
    public Optional<ActiveContainer> find(ContainerId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * Returns the container of that id.
     *
     * @throws DriverException NO_SUCH_CONTAINER
     */
    public ActiveContainer require(String doing, ContainerId id) {
        ActiveContainer container = byId.get(id);
        if (container == null) {
            throw WrongState.absent(doing, id);
        }
        return container;
    }

    /** Returns all of them in the order of their ids. */
    public List<ActiveContainer> all() {
        return byId.values().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList();
    }
}
