// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.pool;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.Unsupported;
import dev.caisson.driver.command.Command;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Containers of one kind that are made ahead: all that comes before execve(2) is done when one is asked for, so that its
 * start costs little more than the program's own. Works with every driver that has {@link Feature#CREATE}. Thread-safe.
 *
 * <p>A pool keeps a number of them ready and, whenever one is taken, makes the next on a virtual thread of its own. Whoever
 * comes while none is ready gets one that is made at that moment, as without a pool. What waits costs the memory of a
 * container without its program. The limits, mounts and names of a container are settled when it is made, not when it is
 * taken.
 */
public final class ContainerPool implements AutoCloseable {
    private final Driver driver;
    private final Supplier<Command> template;
    private final int size;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<ReadyContainer> ready = new ArrayDeque<>();
    private boolean filling;
    private boolean closed;

    private ContainerPool(Driver driver, Supplier<Command> template, int size) {
        this.driver = driver;
        this.template = template;
        this.size = size;
    }

    /**
     * Makes a pool and fills it. Blocks until it is full.
     *
     * @param driver stays the caller's, and open as long as the pool
     * @param template gives the next container's command: each time with an id of its own, else alike, without a terminal
     * @param size how many are kept ready, 1 or more
     * @throws DriverException as {@link Driver#create}, of kind UNSUPPORTED without {@link Feature#CREATE}; nothing is left
     *     behind
     * @throws InterruptedException if this thread was interrupted; nothing is left behind
     */
    public static ContainerPool fill(Driver driver, Supplier<Command> template, int size) throws InterruptedException {
        requireNonNull(driver, "driver is null");
        requireNonNull(template, "template is null");
        if (size < 1) {
            throw new IllegalArgumentException("size is " + size + "; give 1 or more");
        }
        if (!driver.features().contains(Feature.CREATE)) {
            throw Unsupported.feature(driver.name(), "fill a pool", Feature.CREATE);
        }
        ContainerPool pool = new ContainerPool(driver, template, size);
        try {
            while (pool.ready() < size) {
                pool.keep(ReadyContainer.make(driver, template.get()));
            }
            return pool;
        } catch (InterruptedException | RuntimeException | Error e) {
            pool.close();
            throw e;
        }
    }

    /** Returns how many wait. Doesn't block. */
    public int ready() {
        lock.lock();
        try {
            return ready.size();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Starts a container. It is the caller's from then on, who waits for its end and cleans it by the driver.
     *
     * @param stdin as in {@link dev.caisson.driver.pipes.Input.FromStream}
     * @param stdout as in {@link dev.caisson.driver.pipes.Output.ToStream}
     * @param stderr likewise
     * @throws DriverException as {@link Driver#create} and {@link Container#start};
     *     {@link StandardErrorCode#DRIVER_CLOSED} after {@link #close}
     * @throws InterruptedException if this thread was interrupted; nothing of that container is left behind
     */
    public Container start(InputStream stdin, OutputStream stdout, OutputStream stderr) throws InterruptedException {
        requireNonNull(stdin, "stdin is null");
        requireNonNull(stdout, "stdout is null");
        requireNonNull(stderr, "stderr is null");
        ReadyContainer taken = take();
        if (taken == null) {
            taken = ReadyContainer.make(driver, template.get());
        }
        try {
            taken.start(stdin, stdout, stderr);
            return taken.container();
        } finally {
            refill();
        }
    }

    /**
     * Starts a container, waits for its end and all its output, and removes every trace of it.
     *
     * @return how it ended
     * @throws DriverException as {@link #start}
     * @throws InterruptedException if this thread was interrupted; the container is removed
     */
    public ExitStatus run(InputStream stdin, OutputStream stdout, OutputStream stderr) throws InterruptedException {
        Container container = start(stdin, stdout, stderr);
        try {
            return container.await();
        } finally {
            driver.terminate(container.id());
            driver.clean(container.id());
        }
    }

    /** One that died while it waited, as by the hand of an administrator, is passed over. */
    private @Nullable ReadyContainer take() {
        while (true) {
            ReadyContainer next = next();
            if (next == null || next.container().state() == ContainerState.CREATED) {
                return next;
            }
            next.discard(driver);
        }
    }

    private @Nullable ReadyContainer next() {
        lock.lock();
        try {
            if (closed) {
                throw new DriverException(
                        StandardErrorCode.DRIVER_CLOSED,
                        "start a container of a pool",
                        "the pool was closed",
                        "make another");
            }
            return ready.poll();
        } finally {
            lock.unlock();
        }
    }

    private void refill() {
        lock.lock();
        try {
            if (closed || filling) {
                return;
            }
            filling = true;
        } finally {
            lock.unlock();
        }
        Thread.ofVirtual().name("caisson-pool").start(this::fillUp);
    }

    private void fillUp() {
        try {
            while (isWanting()) {
                keep(ReadyContainer.make(driver, template.get()));
            }
        } catch (RuntimeException | InterruptedException e) {
            // Whoever comes next makes one himself and is told why that fails, if it still does.
            endFilling();
        }
    }

    /** Whether another is to be made; if not, filling has ended. */
    private boolean isWanting() {
        lock.lock();
        try {
            if (!closed && ready.size() < size) {
                return true;
            }
            endFilling();
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void endFilling() {
        lock.lock();
        try {
            filling = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void keep(ReadyContainer container) {
        lock.lock();
        try {
            if (!closed) {
                ready.add(container);
                return;
            }
        } finally {
            lock.unlock();
        }
        container.discard(driver);
    }

    /** Removes the containers that nobody has taken. Blocking; idempotent. */
    @Override
    public void close() {
        for (ReadyContainer container : drain()) {
            container.discard(driver);
        }
    }

    private List<ReadyContainer> drain() {
        lock.lock();
        try {
            closed = true;
            while (filling) {
                changed.awaitUninterruptibly();
            }
            List<ReadyContainer> left = List.copyOf(ready);
            ready.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
