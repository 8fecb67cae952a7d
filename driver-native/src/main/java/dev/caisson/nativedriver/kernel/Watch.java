// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One descriptor in a poller's epoll set, and who waits for it. */
final class Watch {
    /** What is waited for. */
    enum Side {
        READ,
        WRITE
    }

    private static final class Waiter {
        final Thread thread = Thread.currentThread();
        volatile boolean done;

        void wake() {
            done = true;
            LockSupport.unpark(thread);
        }
    }

    private final EventCalls events;
    private final Descriptor epoll;
    private final Descriptor target;
    private final long token;

    /** A lock that parks: a virtual thread that waits for it leaves its carrier, which on JDK 21 a monitor would not. */
    private final ReentrantLock lock = new ReentrantLock();

    private @Nullable Waiter reader;
    private @Nullable Waiter writer;
    private boolean added;
    private boolean alwaysReady;
    private boolean readerWoken;
    private boolean ended;

    Watch(EventCalls events, Descriptor epoll, Descriptor target, long token) {
        this.events = events;
        this.epoll = epoll;
        this.target = target;
        this.token = token;
    }

    Descriptor target() {
        return target;
    }

    long token() {
        return token;
    }

    /** Waits at most so many nanoseconds; tells whether the descriptor is ready. */
    boolean await(Side side, long nanos) throws InterruptedException {
        Waiter waiter = new Waiter();
        lock.lock();
        try {
            if (side == Side.READ && readerWoken) {
                readerWoken = false;
                return true;
            }
            enter(side, waiter);
            if (alwaysReady) {
                leave(side, waiter);
                return true;
            }
        } finally {
            lock.unlock();
        }
        long start = System.nanoTime();
        while (!waiter.done) {
            long rest = nanos - (System.nanoTime() - start);
            if (rest <= 0) {
                cancel(side, waiter);
                return waiter.done;
            }
            LockSupport.parkNanos(this, rest);
            if (Thread.interrupted()) {
                cancel(side, waiter);
                throw new InterruptedException("Interrupted while waiting for " + target);
            }
        }
        if (hasEnded()) {
            throw closed();
        }
        return true;
    }

    private void enter(Side side, Waiter waiter) {
        if (ended) {
            throw closed();
        }
        Waiter other = set(side, waiter);
        if (other != null) {
            set(side, other);
            throw new IllegalStateException(other.thread + " is already waiting to " + side + " " + target);
        }
        try {
            arm();
        } catch (KernelException e) {
            leave(side, waiter);
            throw e;
        }
    }

    private void arm() {
        Interest interest = new Interest(reader != null, writer != null);
        if (added) {
            events.rearm(epoll, target, interest, token);
            return;
        }
        if (alwaysReady) {
            return;
        }
        try {
            events.watch(epoll, target, interest, token);
            added = true;
        } catch (KernelException e) {
            if (!e.is(Errno.EPERM)) {
                throw e;
            }
            alwaysReady = true;
        }
    }

    private @Nullable Waiter set(Side side, @Nullable Waiter waiter) {
        Waiter before;
        if (side == Side.READ) {
            before = reader;
            reader = waiter;
        } else {
            before = writer;
            writer = waiter;
        }
        return before;
    }

    private void leave(Side side, Waiter waiter) {
        Waiter current = set(side, null);
        if (current != waiter) {
            set(side, current);
        }
    }

    private void cancel(Side side, Waiter waiter) {
        lock.lock();
        try {
            leave(side, waiter);
        } finally {
            lock.unlock();
        }
    }

    void wakeReader() {
        lock.lock();
        try {
            Waiter waiting = set(Side.READ, null);
            readerWoken = waiting == null;
            wake(waiting);
        } finally {
            lock.unlock();
        }
    }

    /** The kernel reported the descriptor, which disarmed it. */
    void ready(Ready ready) {
        lock.lock();
        try {
            if (ready.readable()) {
                wake(set(Side.READ, null));
            }
            if (ready.writable()) {
                wake(set(Side.WRITE, null));
            }
            if (!ended && (reader != null || writer != null)) {
                arm();
            }
        } catch (KernelException e) {
            // Closed between the report and now: its close action wakes whoever still waits.
            if (target.isOpen()) {
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The descriptor or the poller is being closed; the descriptor's number is still ours. */
    void end() {
        lock.lock();
        try {
            if (ended) {
                return;
            }
            ended = true;
            wake(set(Side.READ, null));
            wake(set(Side.WRITE, null));
            if (added) {
                events.forget(epoll, target.number());
            }
        } catch (KernelException e) {
            // The whole set is gone, and the descriptor with it.
            if (epoll.isOpen()) {
                throw e;
            }
        } finally {
            lock.unlock();
        }
    }

    private static void wake(@Nullable Waiter waiter) {
        if (waiter != null) {
            waiter.wake();
        }
    }

    private boolean hasEnded() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    private KernelException closed() {
        return new KernelException("wait", Errno.EBADF, target + " (closed)");
    }
}
