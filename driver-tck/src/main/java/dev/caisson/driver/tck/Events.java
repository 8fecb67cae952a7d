// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.opentest4j.AssertionFailedError;

/** A listener that keeps what it is told and lets others wait for it. Thread-safe. */
public final class Events implements ContainerListener {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final List<ContainerEvent> events = new ArrayList<>();
    private final Duration patience;

    /** Makes one that waits that long for an event. */
    public Events(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void on(ContainerEvent event) {
        lock.lock();
        try {
            events.add(event);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns what was told of a container so far, in order. */
    public List<ContainerEvent> of(ContainerId id) {
        lock.lock();
        try {
            return events.stream().filter(event -> event.id().equals(id)).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the first event of a kind of a container. */
    public <E extends ContainerEvent> E await(ContainerId id, Class<E> kind) throws InterruptedException {
        lock.lock();
        try {
            long left = patience.toNanos();
            while (find(id, kind).isEmpty()) {
                if (left <= 0) {
                    throw new AssertionFailedError("waited " + patience.toSeconds() + " s in vain for "
                            + kind.getSimpleName() + " of " + id + " after " + events);
                }
                left = grown.awaitNanos(left);
            }
            return find(id, kind).orElseThrow();
        } finally {
            lock.unlock();
        }
    }

    private <E extends ContainerEvent> Optional<E> find(ContainerId id, Class<E> kind) {
        return events.stream()
                .filter(event -> event.id().equals(id))
                .filter(kind::isInstance)
                .map(kind::cast)
                .findFirst();
    }
}
