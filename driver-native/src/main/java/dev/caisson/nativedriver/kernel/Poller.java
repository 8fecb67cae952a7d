// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Parks threads until a descriptor is ready: one platform thread waits on an epoll set for all of them, so that a stream
 * of a container costs a virtual thread and nothing else.
 *
 * <p>The descriptors must be non-blocking. At most one thread may wait for a descriptor to become readable, and one for
 * it to become writable. A file that epoll does not know, such as a regular one, is always ready.
 */
public final class Poller implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Poller.class);
    private static final long WAKE_TOKEN = 0;
    private static final int BATCH = 256;
    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private final Kernel kernel;
    private final Descriptor epoll;
    private final Descriptor wake;
    private final Map<Descriptor, Watch> byDescriptor = new ConcurrentHashMap<>();
    private final Map<Long, Watch> byToken = new ConcurrentHashMap<>();
    private final AtomicLong tokens = new AtomicLong(WAKE_TOKEN);
    private final Thread thread;
    private volatile boolean closed;

    /** Starts the thread. */
    public Poller(Kernel kernel) {
        this.kernel = kernel;
        epoll = kernel.events().epoll();
        wake = kernel.events().counter();
        kernel.events().watch(epoll, wake, new Interest(true, false), WAKE_TOKEN);
        thread = Thread.ofPlatform().daemon().name("caisson-poller").start(this::serve);
    }

    /**
     * Waits until a read would not wait: there is data, the end, or an error.
     *
     * @throws InterruptedException when the calling thread is interrupted
     * @throws KernelException EBADF when the descriptor is closed meanwhile, or this poller is
     */
    public void awaitReadable(Descriptor descriptor) throws InterruptedException {
        watch(descriptor).await(Watch.Side.READ, NO_DEADLINE);
    }

    /**
     * As {@link #awaitReadable(Descriptor)}, but not for longer than given.
     *
     * @return whether it is readable
     */
    public boolean awaitReadable(Descriptor descriptor, Duration most) throws InterruptedException {
        return watch(descriptor).await(Watch.Side.READ, most.toNanos());
    }

    /** Waits until a write would not wait; otherwise as {@link #awaitReadable}. */
    public void awaitWritable(Descriptor descriptor) throws InterruptedException {
        watch(descriptor).await(Watch.Side.WRITE, NO_DEADLINE);
    }

    /**
     * Ends the wait of the thread in {@link #awaitReadable} as if the descriptor were readable; when none waits, that of
     * the next one. Used to have a reader look at something else than its descriptor.
     */
    public void wakeReader(Descriptor descriptor) {
        watch(descriptor).wakeReader();
    }

    /**
     * Runs an action each time a descriptor is readable, on a virtual thread of its own, until the descriptor, the
     * returned handle or this poller is closed. The action must take what there is to read, and may block.
     *
     * @return closing it ends the watching; an action under way is interrupted
     */
    public AutoCloseable onReadable(Descriptor descriptor, Runnable action) {
        Thread watcher = Thread.ofVirtual().name("caisson-" + descriptor.name()).start(() -> {
            try {
                while (true) {
                    awaitReadable(descriptor);
                    action.run();
                }
            } catch (InterruptedException e) {
                log.trace("No longer watching {}", descriptor);
            } catch (RuntimeException e) {
                if (descriptor.isOpen() && !closed) {
                    log.error("The watch on {} ended by an error", descriptor, e);
                }
            }
        });
        return watcher::interrupt;
    }

    private Watch watch(Descriptor descriptor) {
        Watch known = byDescriptor.get(descriptor);
        if (known != null) {
            return known;
        }
        Watch fresh = new Watch(kernel.events(), epoll, descriptor, tokens.incrementAndGet());
        Watch other = byDescriptor.putIfAbsent(descriptor, fresh);
        if (other != null) {
            return other;
        }
        byToken.put(fresh.token(), fresh);
        descriptor.onClose(() -> forget(fresh));
        if (closed) {
            forget(fresh);
        }
        return fresh;
    }

    private void forget(Watch watch) {
        byToken.remove(watch.token());
        byDescriptor.remove(watch.target());
        watch.end();
    }

    private void serve() {
        while (!closed) {
            for (Ready ready : kernel.events().await(epoll, BATCH)) {
                // A token that is no longer there belongs to a descriptor closed after the kernel reported it.
                Watch watch = byToken.get(ready.token());
                if (watch != null) {
                    report(watch, ready);
                }
            }
        }
        byToken.values().forEach(this::forget);
        epoll.close();
        wake.close();
    }

    private void report(Watch watch, Ready ready) {
        try {
            watch.ready(ready);
        } catch (RuntimeException e) {
            // One descriptor that cannot be armed again must not stop the others.
            log.error("{} can no longer be waited for", watch.target(), e);
            forget(watch);
        }
    }

    /** Ends all waiting, and the thread; returns when it has ended. Calling it again does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        kernel.events().increment(wake);
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
