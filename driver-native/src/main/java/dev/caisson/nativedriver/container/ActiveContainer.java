// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.container;

import static java.util.Objects.requireNonNull;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.command.Command;
import dev.caisson.nativedriver.cgroup.ExitReport;
import dev.caisson.nativedriver.event.EventHub;
import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.shim.Breakage;
import dev.caisson.nativedriver.shim.Reply;
import dev.caisson.nativedriver.shim.ShimProcess;
import dev.caisson.nativedriver.stdio.ProcessStreams;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A container that the driver holds: its stage, and what belongs to it. Follows what the shim says of its init. Thread-safe.
 */
public final class ActiveContainer implements ShimProcess.Listener {
    private final Command command;
    private final ContainerParts parts;
    private final ActiveContainers registry;
    private final EventHub events;

    /** Guards what follows; held for moments only, never while calling out. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition launched = lock.newCondition();

    /** Held by operations that must not overlap: start, pause, unpause, update, terminate, clean. */
    private final ReentrantLock operating = new ReentrantLock();

    private Stage stage;
    private boolean started;
    private @Nullable ShimProcess process;
    private @Nullable ProcessStreams streams;
    private @Nullable ProcessIdentity init;
    private @Nullable ExitStatus status;
    private long oomKills;

    /**
     * @param parts what was decided of it before it was launched
     * @param stage where it stands: CREATING, or for a recovered one what the shim said
     */
    public ActiveContainer(
            Command command, ContainerParts parts, Stage stage, ActiveContainers registry, EventHub events) {
        this.command = command;
        this.parts = parts;
        this.stage = stage;
        this.registry = registry;
        this.events = events;
    }

    /** Returns its name. */
    public ContainerId id() {
        return command.id();
    }

    /** Returns what it was made from. */
    public Command command() {
        return command;
    }

    /** Returns what was decided of it before it was launched. */
    public ContainerParts parts() {
        return parts;
    }

    /** Returns the lock of operations that must not overlap. */
    public ReentrantLock operating() {
        return operating;
    }

    /** Returns where it stands. */
    public Stage stage() {
        lock.lock();
        try {
            return stage;
        } finally {
            lock.unlock();
        }
    }

    /** Returns its init. */
    public ShimProcess process() {
        lock.lock();
        try {
            return requireNonNull(process, "the container was not launched");
        } finally {
            lock.unlock();
        }
    }

    /** Returns its init if it was launched. */
    public Optional<ShimProcess> launched() {
        lock.lock();
        try {
            return Optional.ofNullable(process);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until it was launched, or came to nothing before that: then there is no init. Not interruptible. */
    public @Nullable ShimProcess awaitLaunched() {
        lock.lock();
        try {
            while (process == null && stage == Stage.CREATING) {
                launched.awaitUninterruptibly();
            }
            return process;
        } finally {
            lock.unlock();
        }
    }

    /** Returns which process of the host its init is; empty before it has one. */
    public Optional<ProcessIdentity> init() {
        lock.lock();
        try {
            return Optional.ofNullable(init);
        } finally {
            lock.unlock();
        }
    }

    /** Returns true if its program was started, whatever became of it since. */
    public boolean wasStarted() {
        lock.lock();
        try {
            return started;
        } finally {
            lock.unlock();
        }
    }

    /** Returns its streams, if any were connected. */
    public Optional<ProcessStreams> streams() {
        lock.lock();
        try {
            return Optional.ofNullable(streams);
        } finally {
            lock.unlock();
        }
    }

    /** Returns how it ended, if it has. */
    public Optional<ExitStatus> status() {
        lock.lock();
        try {
            return Optional.ofNullable(status);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives it its streams.
     *
     * @return false if it has some already
     */
    public boolean connect(ProcessStreams given) {
        lock.lock();
        try {
            if (streams != null) {
                return false;
            }
            streams = given;
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Tells it which process its init is. */
    public void launched(ShimProcess given) {
        lock.lock();
        try {
            process = given;
            launched.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Tells it that its launch did not get as far as the shim. */
    public void neverLaunched() {
        become(Stage.CLEANED);
        registry.remove(this);
    }

    /** Tells it of a process that an engine before us had launched. */
    public void recovered(ShimProcess given, ProcessIdentity identity) {
        lock.lock();
        try {
            process = given;
            init = identity;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Goes from one stage to another.
     *
     * @return the stage that it was found in: {@code from} if it went
     */
    public Stage advance(Stage from, Stage to) {
        lock.lock();
        try {
            Stage found = stage;
            if (found == from) {
                enter(to);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    /** Goes to a stage, from wherever it stands. */
    private void enter(Stage next) {
        if (!stage.mayBecome(next)) {
            throw new IllegalStateException("container \"" + id() + "\" can't become " + next + " from " + stage);
        }
        stage = next;
        started |= next == Stage.RUNNING;
        launched.signalAll();
    }

    @Override
    public void reached(ShimProcess from, Reply.Progress progress) {
        // The shim may be faster than the thread that has sent the launch.
        launched(from);
        switch (progress) {
            case Reply.Created created -> identify(created.pid(), created.startTime());
            case Reply.Ready ready -> ready(ready);
            case Reply.Started started -> started(from, started);
            case Reply.Failed failed -> gone();
            case Reply.Exited exited -> exited(exited);
            case Reply.Cleaned cleaned -> {
                if (cleaned.errno() == 0) {
                    gone();
                }
            }
        }
    }

    private ProcessIdentity identify(int pid, long startTime) {
        ProcessIdentity identity = new ProcessIdentity(pid, startTime);
        lock.lock();
        try {
            init = identity;
        } finally {
            lock.unlock();
        }
        return identity;
    }

    private void ready(Reply.Ready ready) {
        ProcessIdentity identity = identify(ready.pid(), ready.startTime());
        ready.descriptors().forEach(this::terminal);
        become(Stage.CREATED);
        events.publish(() -> new ContainerEvent.Created(id(), Instant.now(), identity));
    }

    private void started(ShimProcess from, Reply.Started started) {
        ProcessIdentity identity = identify(started.pid(), started.startTime());
        started.descriptors().forEach(this::terminal);
        streams().ifPresent(ours -> ours.started(from));
        become(Stage.RUNNING);
        events.publish(() -> new ContainerEvent.Started(id(), Endings.instant(started.startedNanos()), identity));
    }

    /** A terminal of which nobody asked for the streams is kept by the shim. */
    private void terminal(Descriptor master) {
        streams().ifPresentOrElse(ours -> ours.terminal(master), master::close);
    }

    /**
     * Tells it that the kernel has killed processes of it for want of memory. What it knows already, and what comes after
     * its end, is no news.
     *
     * @param kills how many since its start
     */
    public void oomKilled(long kills) {
        lock.lock();
        try {
            if (kills <= oomKills || status != null) {
                return;
            }
            oomKills = kills;
            // Under the lock, so that it comes before the end; publishing does not wait.
            events.publish(() -> new ContainerEvent.OomKilled(id(), Instant.now(), kills));
        } finally {
            lock.unlock();
        }
    }

    private void exited(Reply.Exited exited) {
        ExitReport report = Endings.report(exited, parts.reportFiles());
        ExitStatus ended = Endings.exitStatus(exited, report);
        // The last kills may have ended it before its watch could tell of them.
        oomKilled(report.oomKills());
        lock.lock();
        try {
            status = ended;
            enter(Stage.EXITED);
        } finally {
            lock.unlock();
        }
        streams().ifPresent(ProcessStreams::ended);
        events.publish(() -> new ContainerEvent.Exited(id(), ended.finishedAt(), ended));
    }

    /** Nothing is left of it: it was cleaned, or could not be started. */
    private void gone() {
        boolean wasThere = stage() != Stage.CREATING;
        become(Stage.CLEANED);
        registry.remove(this);
        if (wasThere) {
            events.publish(() -> new ContainerEvent.Cleaned(id(), Instant.now()));
        }
    }

    @Override
    public void grew(Reply.Grew grew) {
        streams().ifPresent(ours -> ours.grew(grew));
    }

    @Override
    public void lost(ShimProcess from, Breakage why) {
        streams().ifPresent(ProcessStreams::ended);
        gone();
    }

    private void become(Stage next) {
        lock.lock();
        try {
            enter(next);
        } finally {
            lock.unlock();
        }
    }
}
