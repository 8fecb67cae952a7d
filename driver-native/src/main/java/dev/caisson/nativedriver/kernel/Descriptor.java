// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * An open file descriptor that is closed exactly once, and never while a call is using its number.
 *
 * <p>A descriptor number is given out again as soon as it is closed; closing twice, or closing while another thread
 * reads, would act on a stranger's file. So calls bracket the use of the number with {@link #acquire()} and
 * {@link #release()}, and {@link #close()} leaves the real closing to the last of them.
 */
public final class Descriptor implements AutoCloseable {
    private static final int CLOSED = 1 << 31;

    private final int number;
    private final String name;
    private final IntConsumer closer;

    /** Users of the number, with the top bit set once {@link #close()} was called. */
    private final AtomicInteger state = new AtomicInteger();

    private final List<Runnable> closeActions = new CopyOnWriteArrayList<>();

    /**
     * Takes ownership of an open descriptor.
     *
     * @param number the number the kernel gave
     * @param name what messages call it
     * @param closer closes the number
     */
    public Descriptor(int number, String name, IntConsumer closer) {
        this.number = number;
        this.name = name;
        this.closer = closer;
    }

    /** A descriptor that belongs to somebody else, such as standard input: closing it here leaves it open. */
    public static Descriptor borrowed(int number, String name) {
        return new Descriptor(number, name, ignored -> {});
    }

    /** The number, to be named in messages or handed to the kernel by somebody who keeps this object open meanwhile. */
    public int number() {
        return number;
    }

    /** What messages call it. */
    public String name() {
        return name;
    }

    /** The link in {@code /proc} through which this process reaches the open file. */
    public String procPath() {
        return "/proc/self/fd/" + number;
    }

    public boolean isOpen() {
        return state.get() >= 0;
    }

    /**
     * Runs an action when {@link #close()} is called, before the number is given back; at once when it already was.
     * Used to take the descriptor out of an epoll set, which would otherwise go on reporting the open file.
     */
    public void onClose(Runnable action) {
        closeActions.add(action);
        if (!isOpen() && closeActions.remove(action)) {
            action.run();
        }
    }

    /**
     * Marks the number as in use by a call.
     *
     * @return the number
     * @throws KernelException EBADF when it is closed
     */
    public int acquire() {
        while (true) {
            int users = state.get();
            if (users < 0) {
                throw new KernelException("use", Errno.EBADF, toString());
            }
            if (state.compareAndSet(users, users + 1)) {
                return number;
            }
        }
    }

    /** Ends what {@link #acquire()} began; carries out a close that had to wait. */
    public void release() {
        if (state.decrementAndGet() == CLOSED) {
            closer.accept(number);
        }
    }

    /** Closes it now, or when the last call that uses it returns. Calling it again does nothing. */
    @Override
    public void close() {
        while (true) {
            int users = state.get();
            if (users < 0) {
                return;
            }
            // One more user, ourselves, keeps the number alive while the close actions run.
            if (state.compareAndSet(users, (users + 1) | CLOSED)) {
                break;
            }
        }
        try {
            for (Runnable action : closeActions) {
                if (closeActions.remove(action)) {
                    action.run();
                }
            }
        } finally {
            release();
        }
    }

    @Override
    public String toString() {
        return name + " (descriptor " + number + ")";
    }
}
