// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerListener;
import dev.caisson.driver.Subscription;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Tells listeners, each on a thread of its own. */
final class EventHub {
    private final Fault fault;
    private final List<Place> places = new CopyOnWriteArrayList<>();

    EventHub(Fault fault) {
        this.fault = fault;
    }

    private final class Place implements Subscription {
        private final ContainerListener listener;
        private final BlockingQueue<ContainerEvent> queue = new LinkedBlockingQueue<>();
        private final Thread thread = Thread.ofVirtual().unstarted(this::tell);
        private volatile boolean closed;

        Place(ContainerListener listener) {
            this.listener = listener;
        }

        private void tell() {
            try {
                while (true) {
                    ContainerEvent event = queue.take();
                    if (fault.is(Wrong.TELLS_LISTENERS_AT_ONCE)) {
                        Thread.ofVirtual().start(() -> tellOne(event));
                        Thread.ofVirtual().start(() -> tellOne(event));
                    } else if (!tellOne(event)) {
                        return;
                    }
                }
            } catch (InterruptedException end) {
                Thread.currentThread().interrupt();
            }
        }

        private boolean tellOne(ContainerEvent event) {
            try {
                if (!closed || fault.is(Wrong.TELLS_CLOSED_SUBSCRIPTIONS)) {
                    listener.on(event);
                }
                return true;
            } catch (IllegalStateException thrown) {
                return !fault.is(Wrong.DROPS_LISTENERS_THAT_THROW);
            }
        }

        @Override
        public void close() {
            closed = true;
            if (!fault.is(Wrong.TELLS_CLOSED_SUBSCRIPTIONS)) {
                places.remove(this);
                thread.interrupt();
            }
        }
    }

    Subscription subscribe(ContainerListener listener) {
        Place place = new Place(listener);
        places.add(place);
        place.thread.start();
        return place;
    }

    void tell(ContainerEvent event) {
        if (fault.is(Wrong.TELLS_ONE_LISTENER) && !places.isEmpty()) {
            places.get(0).queue.add(event);
            return;
        }
        for (Place place : places) {
            if (fault.is(Wrong.WAITS_FOR_LISTENERS)) {
                place.tellOne(event);
            } else {
                place.queue.add(event);
            }
        }
    }
}
