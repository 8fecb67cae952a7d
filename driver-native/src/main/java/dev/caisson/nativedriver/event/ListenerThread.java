// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.event;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerListener;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.TransferQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One listener and the virtual thread on which it is called.
 *
 * <p>Its queue has no bound: a full one would leave the choice of losing events or of making everybody wait for the slowest
 * listener, and an event is some hundred bytes. A backlog that grows is told in the log.
 */
final class ListenerThread {
    /** What is in the queue: an event, or the end. */
    private sealed interface Item {
        record Event(ContainerEvent event) implements Item {}

        record End() implements Item {}
    }

    private static final Logger log = LoggerFactory.getLogger(ListenerThread.class);
    private static final int FIRST_WARNING = 10_000;

    private final ContainerListener listener;
    private final TransferQueue<Item> queue = new LinkedTransferQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger nextWarning = new AtomicInteger(FIRST_WARNING);

    /** Held while the listener is called, so that closing waits for the call under way. */
    private final ReentrantLock calling = new ReentrantLock();

    private final Thread thread;
    private volatile boolean closed;

    ListenerThread(ContainerListener listener) {
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("caisson-listener").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void take(ContainerEvent event) {
        int backlog = waiting.incrementAndGet();
        int warning = nextWarning.get();
        if (backlog >= warning && nextWarning.compareAndSet(warning, warning * 2)) {
            log.warn("{} events wait for the listener {}, which is too slow", backlog, listener);
        }
        queue.add(new Item.Event(event));
    }

    private void run() {
        try {
            while (queue.take() instanceof Item.Event item) {
                waiting.decrementAndGet();
                call(item.event());
            }
        } catch (InterruptedException e) {
            log.debug("The listener {} was interrupted and gets no more events", listener);
        }
    }

    private void call(ContainerEvent event) {
        calling.lock();
        try {
            if (!closed) {
                listener.on(event);
            }
        } catch (RuntimeException | Error e) {
            log.error("The listener {} failed on {}", listener, event, e);
        } finally {
            calling.unlock();
        }
    }

    /** Ends it once it has had everything. */
    void finish() {
        queue.add(new Item.End());
    }

    /** Ends it: it is not called any more once this has returned. Called by the listener itself, it doesn't wait. */
    void close() {
        calling.lock();
        try {
            closed = true;
        } finally {
            calling.unlock();
        }
        queue.add(new Item.End());
    }
}
