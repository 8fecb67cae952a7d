// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.KernelException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A process that the shim makes and holds for us: a container's init, a further process in a container, or one of the host.
 * Follows what the shim says of it and lets any number of threads wait for it. Thread-safe.
 */
public final class ShimProcess implements ReplyHandler {
    /** Told on the connection's reader thread, before whoever waits: must not block. */
    public interface Listener {
        /** Does nothing. */
        Listener NONE = (process, progress) -> progress.descriptors().forEach(Descriptor::close);

        /**
         * A milestone was reached: Created, Ready, Started, Failed, Exited or Cleaned. Whether a terminal's master is beside
         * it or not, the listener owns it.
         */
        void reached(ShimProcess process, Reply.Progress progress);

        /** A spool that is followed grew or ended. */
        default void grew(Reply.Grew grew) {}

        /** Nothing more will be heard of it: the shim died and its successor knows nothing of it, or the driver was closed. */
        default void lost(ShimProcess process, Breakage why) {}
    }

    /** PLAN_AUTO_CLEAN of plan.h. */
    private static final int AUTO_CLEAN = 1 << 2;

    private final long tag;
    private final String name;
    private final Consumer<ShimProcess> onGone;
    private volatile Listener listener;
    private volatile boolean cleansItself;
    private volatile ShimConnection connection;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Milestone milestone = Milestone.ASKED;
    private int pid;
    private long startTime;
    private Reply.@Nullable Failed failed;
    private Reply.@Nullable Exited exited;
    private Reply.@Nullable Cleaned uncleaned;
    private @Nullable Breakage broken;
    private @Nullable Breakage death;

    /** Kills are answered in their order: one at a time, so that each gets its own answer. */
    private final ReentrantLock asking = new ReentrantLock();

    private @Nullable Reply answer;
    private @Nullable Breakage unanswerable;

    /**
     * @param name what messages call it, such as {@code container "a"}
     * @param onGone told when the shim has forgotten it
     */
    ShimProcess(ShimConnection connection, long tag, String name, Listener listener, Consumer<ShimProcess> onGone) {
        this.connection = connection;
        this.tag = tag;
        this.name = name;
        this.listener = listener;
        this.onGone = onGone;
    }

    /** Returns its number at the shim. */
    public long tag() {
        return tag;
    }

    /** Returns its pid, 0 before {@link Milestone#CREATED} or whichever comes first. */
    public int pid() {
        lock.lock();
        try {
            return pid;
        } finally {
            lock.unlock();
        }
    }

    /** Returns its start time in clock ticks since boot, 0 while there is no pid. */
    public long startTime() {
        lock.lock();
        try {
            return startTime;
        } finally {
            lock.unlock();
        }
    }

    /** Returns how it ended, if it has. */
    public Optional<Reply.Exited> exited() {
        lock.lock();
        try {
            return Optional.ofNullable(exited);
        } finally {
            lock.unlock();
        }
    }

    /** Returns what could not be removed when it was last cleaned; it is held still. */
    public Optional<Reply.Cleaned> uncleaned() {
        lock.lock();
        try {
            return Optional.ofNullable(uncleaned);
        } finally {
            lock.unlock();
        }
    }

    /** Returns true if a milestone, or a later one, was reached. One that failed has reached all: it is cleaned. */
    public boolean hasReached(Milestone wanted) {
        lock.lock();
        try {
            return milestone.compareTo(wanted) >= 0;
        } finally {
            lock.unlock();
        }
    }

    /** Returns what whoever waited for it is told when it ended with its shim, so that nobody saw how. */
    public DriverException lossDuring(String doing) {
        lock.lock();
        try {
            Breakage known = death;
            return known == null
                    ? new ShimDeath(0, "of an engine before this one was killed").during(doing)
                    : known.during(doing);
        } finally {
            lock.unlock();
        }
    }

    /** Returns true if it could not be started. */
    public boolean hasFailed() {
        lock.lock();
        try {
            return failed != null;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a milestone or a later one.
     *
     * @throws LaunchFailedException if it could not be started; not when {@link Milestone#EXITED} or
     *     {@link Milestone#CLEANED} was waited for, which that is too
     * @throws DriverException if its shim has died or refused what was asked
     */
    public void await(Milestone wanted) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!settled(wanted)) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /**
     * As {@link #await(Milestone)}, but not for longer than that.
     *
     * @return false if the time has passed
     */
    public boolean await(Milestone wanted, Duration most) throws InterruptedException {
        long left = most.toNanos();
        lock.lockInterruptibly();
        try {
            while (!settled(wanted)) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #await(Milestone)}, for whoever must see it through: an interrupt stays pending. */
    public void awaitUninterruptibly(Milestone wanted) {
        lock.lock();
        try {
            while (!settled(wanted)) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean settled(Milestone wanted) {
        if (failed != null && wanted.compareTo(Milestone.EXITED) < 0) {
            throw new LaunchFailedException(failed);
        }
        if (milestone.compareTo(wanted) >= 0 || (wanted == Milestone.CLEANED && uncleaned != null)) {
            return true;
        }
        if (broken != null) {
            throw broken.during("wait for " + name);
        }
        return false;
    }

    /**
     * Sends it a signal and waits for the shim's word that it was sent.
     *
     * @return the kernel's answer, empty if it was sent
     */
    public Optional<Errno> signal(int signal) {
        Reply.Signalled reply = (Reply.Signalled) ask(new Request.Kill(tag, signal));
        if (reply == null) {
            return Optional.of(Errno.ESRCH);
        }
        return reply.errno() == 0 ? Optional.empty() : Optional.of(Errno.of(reply.errno()));
    }

    /** Asks for the descriptors that the shim keeps for it (lasting mode); they are the caller's. */
    public Reply.Taken take() {
        Reply.Taken reply = (Reply.Taken) ask(new Request.Take(tag));
        if (reply == null) {
            throw new DriverException(
                    StandardErrorCode.NO_SUCH_PROCESS, "take the streams of " + name, "nothing is left of it", "");
        }
        return reply;
    }

    /** Returns null if it is gone: the shim's answer about a tag that it has forgotten would reach nobody. */
    private @Nullable Reply ask(Request request) {
        asking.lock();
        try {
            lock.lock();
            try {
                answer = null;
                unanswerable = broken;
                if (!hasReached(Milestone.CLEANED)) {
                    send(request);
                }
                while (answer == null && !hasReached(Milestone.CLEANED)) {
                    if (unanswerable != null) {
                        throw unanswerable.during("ask the shim about " + name);
                    }
                    changed.awaitUninterruptibly();
                }
                return answer;
            } finally {
                lock.unlock();
            }
        } finally {
            asking.unlock();
        }
    }

    /**
     * Asks the shim to make it; returns when that was sent.
     *
     * @param descriptors the plan, a sealed memory file, then what its indexes name; they stay the caller's
     * @param cleaned the plan has the shim clean it unasked
     */
    public void launch(List<Descriptor> descriptors, boolean cleaned) {
        cleansItself = cleaned;
        try {
            send(new Request.Launch(tag, descriptors));
        } catch (RuntimeException e) {
            onGone.accept(this);
            throw e;
        }
    }

    /** Lets a created process go on, with the OCI state for its createContainer hooks. */
    public void proceed(byte[] state) {
        send(new Request.Continue(tag, state));
    }

    /** Starts a process that is held, with the OCI state for its startContainer hooks. */
    public void start(byte[] state) {
        send(new Request.Start(tag, state));
    }

    /** Returns true if it is cleaned at its end without {@link #clean}. */
    public boolean cleansItself() {
        return cleansItself;
    }

    /** Asks the shim to remove what is left of it; {@link Milestone#CLEANED} or {@link #uncleaned} tells the outcome. */
    public void clean() {
        lock.lock();
        try {
            uncleaned = null;
        } finally {
            lock.unlock();
        }
        send(new Request.Clean(tag));
    }

    /**
     * Asks to be told once when a spool is longer than that, or has ended; tells that what is before it is consumed.
     *
     * @param stream 1 or 2
     */
    public void follow(int stream, long consumed) {
        send(new Request.Follow(tag, stream, consumed));
    }

    /** Drops the write end of standard input that the shim keeps (lasting mode). */
    public void closeStdin() {
        send(new Request.CloseStdin(tag));
    }

    private void send(Request request) {
        try {
            connection.send(request);
        } catch (KernelException e) {
            if (!e.is(Errno.EPIPE, Errno.ECONNRESET, Errno.EBADF)) {
                throw e;
            }
            throw connection.death().during("tell the shim about " + name);
        }
    }

    @Override
    public void on(Reply reply) {
        switch (reply) {
            case Reply.Progress progress -> {
                listener.reached(this, progress);
                progress(progress);
            }
            case Reply.Signalled signalled -> answered(signalled);
            case Reply.Taken taken -> answered(taken);
            case Reply.Grew grew -> listener.grew(grew);
            case Reply.Refused refused -> refused(refused.text());
            case Reply.Welcome welcome -> throw unexpected(welcome);
            case Reply.Held held -> throw unexpected(held);
            case Reply.ListEnd end -> throw unexpected(end);
        }
    }

    private void progress(Reply.Progress progress) {
        switch (progress) {
            case Reply.Created created -> runs(Milestone.CREATED, created.pid(), created.startTime());
            case Reply.Ready ready -> runs(Milestone.READY, ready.pid(), ready.startTime());
            case Reply.Started started -> runs(Milestone.STARTED, started.pid(), started.startTime());
            case Reply.Failed reason -> failed(reason);
            case Reply.Exited end -> exited(end);
            case Reply.Cleaned end -> cleaned(end);
        }
    }

    private static MalformedMessageException unexpected(Reply reply) {
        return new MalformedMessageException(reply.type() + " is said of a process");
    }

    private void runs(Milestone reached, int number, long start) {
        lock.lock();
        try {
            pid = number;
            startTime = start;
            advance(reached);
        } finally {
            lock.unlock();
        }
    }

    private void failed(Reply.Failed reason) {
        lock.lock();
        try {
            failed = reason;
            advance(Milestone.CLEANED);
        } finally {
            lock.unlock();
        }
        onGone.accept(this);
    }

    private void exited(Reply.Exited end) {
        lock.lock();
        try {
            exited = end;
            advance(Milestone.EXITED);
        } finally {
            lock.unlock();
        }
    }

    private void cleaned(Reply.Cleaned end) {
        lock.lock();
        try {
            if (end.errno() != 0) {
                // The shim holds it still: cleaning can be tried again.
                uncleaned = end;
                changed.signalAll();
                return;
            }
            advance(Milestone.CLEANED);
        } finally {
            lock.unlock();
        }
        onGone.accept(this);
    }

    private void answered(Reply reply) {
        lock.lock();
        try {
            answer = reply;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void refused(String text) {
        lock.lock();
        try {
            broken =
                    doing -> new DriverException(StandardErrorCode.PROTOCOL, doing, "the shim refused it: " + text, "");
            unanswerable = broken;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The shim died: what was asked will not be answered. Whether its successor knows of the process is not known yet. */
    void severed(Breakage why) {
        lock.lock();
        try {
            death = why;
            unanswerable = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The shim's successor took it over, and says next what became of it. */
    void moveTo(ShimConnection successor) {
        connection = successor;
    }

    /** Returns true if that connection is the one through which something may still be said of it. */
    boolean isAt(ShimConnection current) {
        return connection == current;
    }

    /** Nothing more will be heard of it. */
    void lost(Breakage why) {
        if (hasReached(Milestone.CLEANED)) {
            return;
        }
        listener.lost(this, why);
        lock.lock();
        try {
            broken = why;
            unanswerable = why;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        onGone.accept(this);
    }

    /** Tells somebody else from now on. */
    void tell(Listener other) {
        listener = other;
    }

    /** Takes over what the shim tells of a process that an engine before us had made. */
    void restore(Reply.Held held) {
        cleansItself = (held.flags() & AUTO_CLEAN) != 0;
        Milestone reached = switch (held.state()) {
            case CREATING -> Milestone.ASKED;
            case READY -> Milestone.READY;
            case RUNNING, EXITED -> Milestone.STARTED;
        };
        runs(reached, held.pid(), held.startTime());
    }

    private void advance(Milestone reached) {
        milestone = reached;
        changed.signalAll();
    }
}
