// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.stdio;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.pipes.ConsoleSize;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.WindowSize;
import dev.caisson.nativedriver.plan.Stdio;
import dev.caisson.nativedriver.shim.Reply;
import dev.caisson.nativedriver.shim.ShimProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The standard streams of one process on the engine's side: what the plan is told of them, and what carries their bytes once
 * the process runs. Thread-safe.
 */
public final class ProcessStreams implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ProcessStreams.class);

    /** Begins to carry bytes: what is done when the process was started. */
    @FunctionalInterface
    interface Starter {
        void start();
    }

    /** Gets what the shim keeps for the process. */
    @FunctionalInterface
    interface Taker {
        void take(ShimProcess process, TakenEnds ends);
    }

    private final Kernel kernel;
    private final List<Stdio> plan = new ArrayList<>();
    private final List<Descriptor> opened = new ArrayList<>();
    private final List<Descriptor> near = new ArrayList<>();
    private final List<Starter> starters = new ArrayList<>();
    private final List<Taker> takers = new ArrayList<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Delivery> deliveries = new ArrayList<>();
    private @Nullable InputPump input;
    private @Nullable Descriptor terminal;
    private volatile @Nullable CountDownLatch taking;
    private boolean ended;
    private boolean closed;

    ProcessStreams(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Tells the plan of a stream. */
    void plan(Stdio stdio) {
        plan.add(stdio);
    }

    /** Keeps what was opened for the process until it was handed over. */
    Descriptor forProcess(Descriptor descriptor) {
        opened.add(descriptor);
        return descriptor;
    }

    /** Keeps our end of a pipe until a pump has it. */
    Descriptor forUs(Descriptor descriptor) {
        near.add(descriptor);
        return descriptor;
    }

    void whenStarted(Starter starter) {
        starters.add(starter);
    }

    void whenTaken(Taker taker) {
        takers.add(taker);
    }

    /** Returns what the plan is told. */
    public List<Stdio> stdio() {
        return plan;
    }

    /** The process has its ends: ours of them are closed. */
    public void handedOver() {
        opened.forEach(Descriptor::close);
        opened.clear();
    }

    /** The user's program runs: its streams begin to flow. Doesn't block. */
    public void started(ShimProcess process) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            starters.forEach(Starter::start);
            starters.clear();
            near.clear();
        } finally {
            lock.unlock();
        }
        if (!takers.isEmpty()) {
            taking = new CountDownLatch(1);
            Thread.ofVirtual().name("caisson-take-" + process.tag()).start(() -> take(process));
        }
    }

    private void take(ShimProcess process) {
        try {
            process.take().ifPresentOrElse(taken -> handOut(process, taken), this::close);
        } catch (DriverException e) {
            log.warn("The streams of process {} can't be followed", process.pid(), e);
            close();
        } finally {
            requireNonNull(taking).countDown();
        }
    }

    private void handOut(ShimProcess process, Reply.Taken taken) {
        try (TakenEnds ends = new TakenEnds(taken)) {
            takers.forEach(taker -> taker.take(process, ends));
        }
    }

    /** A spool of the shim grew. Doesn't block. */
    public void grew(Reply.Grew grew) {
        for (Delivery delivery : snapshot()) {
            if (delivery instanceof SpoolDelivery spool && spool.stream() == grew.stream()) {
                spool.grew(grew);
            }
        }
    }

    /** Takes the terminal's master, which the container has made. Doesn't block. */
    public void terminal(Descriptor master) {
        lock.lock();
        try {
            if (closed) {
                master.close();
                return;
            }
            terminal = forUs(master);
        } finally {
            lock.unlock();
        }
    }

    /** The terminal's master. */
    Descriptor terminal() {
        Descriptor master = terminal;
        if (master == null) {
            throw new IllegalStateException("the process was started without its terminal");
        }
        return master;
    }

    void carries(Delivery delivery) {
        lock.lock();
        try {
            deliveries.add(delivery);
            if (ended) {
                delivery.endWhenEmpty();
            }
        } finally {
            lock.unlock();
        }
    }

    void carries(InputPump pump) {
        lock.lock();
        try {
            input = pump;
            if (ended) {
                pump.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The process, and whoever could have written for it, has ended. Doesn't block. */
    public void ended() {
        lock.lock();
        try {
            ended = true;
            deliveries.forEach(Delivery::endWhenEmpty);
            if (input != null) {
                input.close();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until all that the process wrote is delivered.
     *
     * @param doing what is being done, for the message
     * @throws DriverException STREAM_FAILED if a stream of the caller failed
     */
    public void awaitDelivered(String doing) throws InterruptedException {
        CountDownLatch begun = taking;
        if (begun != null) {
            begun.await();
        }
        DriverException failed = null;
        for (Delivery delivery : snapshot()) {
            try {
                delivery.awaitEnd();
            } catch (IOException e) {
                failed = streamFailed(doing, e, failed);
            }
        }
        InputPump pump = input;
        if (pump != null && pump.failure().isPresent()) {
            failed = streamFailed(doing, pump.failure().get(), failed);
        }
        if (failed != null) {
            throw failed;
        }
    }

    private List<Delivery> snapshot() {
        lock.lock();
        try {
            return List.copyOf(deliveries);
        } finally {
            lock.unlock();
        }
    }

    private static DriverException streamFailed(String doing, Exception cause, @Nullable DriverException before) {
        DriverException failed = new DriverException(
                StandardErrorCode.STREAM_FAILED,
                doing,
                "a stream given for it failed: " + cause.getMessage(),
                "the process ran to its end; give a stream that takes all",
                cause);
        if (before != null) {
            failed.addSuppressed(before);
        }
        return failed;
    }

    /**
     * Changes the terminal's size. One whose process has ended is left alone.
     *
     * @throws DriverException of kind USER if there is no terminal
     */
    public void resize(String doing, ConsoleSize size) {
        Descriptor master = terminal;
        if (master == null) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT, doing, "it has no terminal", "start it with one");
        }
        try {
            kernel.descriptors().setWindowSize(master, new WindowSize(size.rows(), size.columns()));
        } catch (KernelException e) {
            if (!e.is(Errno.EBADF, Errno.EIO)) {
                throw e;
            }
        }
    }

    /**
     * Waits, after {@link #close}, until what was delivered from spools is noted.
     *
     * @param deadline by {@link System#nanoTime}
     */
    public void awaitStopped(long deadline) throws InterruptedException {
        for (Delivery delivery : snapshot()) {
            if (delivery instanceof SpoolDelivery spool) {
                spool.awaitStopped(deadline - System.nanoTime());
            }
        }
    }

    /** Gives up: closes all that is open; what is not delivered is lost. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            handedOver();
            near.forEach(Descriptor::close);
            near.clear();
            starters.clear();
            deliveries.forEach(Delivery::close);
            if (input != null) {
                input.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
