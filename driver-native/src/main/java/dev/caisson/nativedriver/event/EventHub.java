// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.event;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerListener;
import dev.caisson.driver.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Hands each event to every listener, each on a thread of its own. Thread-safe. */
public final class EventHub implements AutoCloseable {
    private final List<ListenerThread> listeners = new CopyOnWriteArrayList<>();

    /** Adds a listener; it gets what is published from now on. */
    public Subscription subscribe(ContainerListener listener) {
        ListenerThread thread = new ListenerThread(listener);
        listeners.add(thread);
        thread.start();
        return () -> {
            listeners.remove(thread);
            thread.close();
        };
    }

    /** Returns true if nobody listens. */
    public boolean isIdle() {
        return listeners.isEmpty();
    }

    /**
     * Publishes an event, which is only made if somebody listens. Never blocks: events of one container come in the order in
     * which they are published.
     */
    public void publish(Supplier<ContainerEvent> event) {
        if (listeners.isEmpty()) {
            return;
        }
        ContainerEvent made = event.get();
        for (ListenerThread listener : listeners) {
            listener.take(made);
        }
    }

    /** Lets every listener have what was published, then ends them. */
    @Override
    public void close() {
        for (ListenerThread listener : listeners) {
            listener.finish();
        }
        listeners.clear();
    }
}
