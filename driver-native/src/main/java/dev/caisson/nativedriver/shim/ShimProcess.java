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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

    private static final Logger log = LoggerFactory.getLogger(ShimProcess.class);

    /** PLAN_AUTO_CLEAN of plan.h. */
    private static final int AUTO_CLEAN = 1 << 2;

    private final long tag;
    private final String name;
    private final Consumer<ShimProcess> onGone;
    private final ProcessProgress progress;
    private final PendingAnswer answers = new PendingAnswer();
    private volatile Listener listener;
    private volatile boolean cleansItself;
    private volatile ShimConnection connection;
    private volatile @Nullable Breakage death;

    /**
     * @param name what messages call it, such as {@code container "a"}
     * @param onGone told when the shim has forgotten it
     */
    ShimProcess(ShimConnection connection, long tag, String name, Listener listener, Consumer<ShimProcess> onGone) {
        this.connection = connection;
        this.tag = tag;
        this.name = name;
        this.progress = new ProcessProgress(name);
        this.listener = listener;
        this.onGone = onGone;
    }

    /** Returns its number at the shim. */
    public long tag() {
        return tag;
    }

    /** Returns its pid, 0 before {@link Milestone#CREATED} or whichever comes first. */
    public int pid() {
        return progress.pid();
    }

    /** Returns its start time in clock ticks since boot, 0 while there is no pid. */
    public long startTime() {
        return progress.startTime();
    }

    /** Returns how it ended, if it has. */
    public Optional<Reply.Exited> exited() {
        return progress.exited();
    }

    /** Returns what could not be removed when it was last cleaned; it is held still. */
    public Optional<Reply.Cleaned> uncleaned() {
        return progress.uncleaned();
    }

    /** Returns true if a milestone, or a later one, was reached. One that failed has reached all: it is cleaned. */
    public boolean hasReached(Milestone wanted) {
        return progress.hasReached(wanted);
    }

    /** Returns true if it could not be started. */
    public boolean hasFailed() {
        return progress.hasFailed();
    }

    /** Returns what whoever waited for it is told when it ended with its shim, so that nobody saw how. */
    public DriverException lossDuring(String doing) {
        Breakage known = death;
        return known == null
                ? new ShimDeath(0, "of an engine before this one was killed").during(doing)
                : known.during(doing);
    }

    /**
     * Waits for a milestone or a later one.
     *
     * @throws LaunchFailedException if it could not be started; not when {@link Milestone#EXITED} or
     *     {@link Milestone#CLEANED} was waited for, which that is too
     * @throws DriverException if its shim has died or refused what was asked
     */
    public void await(Milestone wanted) throws InterruptedException {
        progress.await(wanted);
    }

    /**
     * As {@link #await(Milestone)}, but not for longer than that.
     *
     * @return false if the time has passed
     */
    public boolean await(Milestone wanted, Duration most) throws InterruptedException {
        return progress.await(wanted, most);
    }

    /** As {@link #await(Milestone)}, for whoever must see it through: an interrupt stays pending. */
    public void awaitUninterruptibly(Milestone wanted) {
        progress.awaitUninterruptibly(wanted);
    }

    /**
     * Sends it a signal and waits for the shim's word that it was sent.
     *
     * @return the kernel's answer, empty if it was sent
     */
    public Optional<Errno> signal(int signal) {
        if (!(ask(new Request.Kill(tag, signal)) instanceof Reply.Signalled reply)) {
            return Optional.of(Errno.ESRCH);
        }
        return reply.errno() == 0 ? Optional.empty() : Optional.of(Errno.of(reply.errno()));
    }

    /** Asks for the descriptors that the shim keeps for it (lasting mode); they are the caller's. */
    public Optional<Reply.Taken> take() {
        return ask(new Request.Take(tag)) instanceof Reply.Taken taken ? Optional.of(taken) : Optional.empty();
    }

    private @Nullable Reply ask(Request request) {
        return answers.ask("ask the shim about " + name, () -> send(request));
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

    /**
     * Names the init that a restorer has brought back as a child of the shim; {@link Milestone#STARTED} tells that it is
     * this process from now on.
     *
     * @param master of its terminal, if it has one; stays the caller's
     */
    public void adopt(int pid, Optional<Descriptor> master) {
        send(new Request.Adopt(tag, pid, master.stream().toList()));
    }

    /** Returns true if it is cleaned at its end without {@link #clean}. */
    public boolean cleansItself() {
        return cleansItself;
    }

    /** Asks the shim to remove what is left of it; {@link Milestone#CLEANED} or {@link #uncleaned} tells the outcome. */
    public void clean() {
        progress.cleanAgain();
        send(new Request.Clean(tag));
    }

    /** Waits for its end, then asks the shim to remove what is left of it. */
    void cleanOnceEnded() {
        try {
            awaitUninterruptibly(Milestone.EXITED);
            if (!hasReached(Milestone.CLEANED)) {
                clean();
            }
        } catch (DriverException e) {
            log.warn("{} is left to be cleaned by the next shim", name, e);
        }
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
            case Reply.Progress milestone -> {
                listener.reached(this, milestone);
                if (progress.reached(milestone)) {
                    answers.gone();
                    onGone.accept(this);
                }
            }
            case Reply.Signalled signalled -> answers.answered(signalled);
            case Reply.Taken taken -> answers.answered(taken);
            case Reply.Grew grew -> listener.grew(grew);
            case Reply.Refused refused -> broke(refusal(refused.text()));
            case Reply.Welcome welcome -> throw unexpected(welcome);
            case Reply.Held held -> throw unexpected(held);
            case Reply.ListEnd end -> throw unexpected(end);
        }
    }

    private static Breakage refusal(String text) {
        return doing -> new DriverException(StandardErrorCode.PROTOCOL, doing, "the shim refused it: " + text, "");
    }

    private static MalformedMessageException unexpected(Reply reply) {
        return new MalformedMessageException(reply.type() + " is said of a process");
    }

    private void broke(Breakage why) {
        progress.broke(why);
        answers.broke(why);
    }

    /** The shim died: what was asked will not be answered. Whether its successor knows of the process is not known yet. */
    void severed(Breakage why) {
        death = why;
        answers.broke(why);
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
        broke(why);
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
        progress.runs(reached, held.pid(), held.startTime());
    }
}
