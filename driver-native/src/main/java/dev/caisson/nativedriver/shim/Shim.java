// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.Kernel;
import dev.caisson.nativedriver.kernel.KernelException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shim of a state root, as long as the engine uses it: it is started when there is none, and replaced when it dies. Its
 * successor cleans what the dead one held and tells of it, so that whoever waits for a process learns of its end.
 * Thread-safe.
 */
public final class Shim implements AutoCloseable {
    /** Told of processes that the shim holds for an engine before us. */
    @FunctionalInterface
    public interface Adopter {
        /** Returns who follows that process from now on. Called on the connection's reader thread: must not block. */
        ShimProcess.Listener adopt(ShimProcess process, Reply.Held held);
    }

    private enum State {
        CONNECTING,
        CONNECTED,
        BROKEN,
        CLOSED
    }

    private static final Logger log = LoggerFactory.getLogger(Shim.class);

    private final Kernel kernel;
    private final ShimStarter starter;
    private final ShimMode mode;
    private final Path root;
    private final Adopter adopter;

    /** Unique for the life of a shim, which may outlive this JVM: so they begin with the time. */
    private final AtomicLong tags;

    private final Map<Long, ShimProcess> processes = new ConcurrentHashMap<>();

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.CONNECTING;
    private volatile @Nullable Process process;
    private volatile @Nullable ShimConnection connection;

    private Shim(Kernel kernel, ShimMode mode, Path root, Adopter adopter) {
        this.kernel = kernel;
        this.starter = new ShimStarter(kernel);
        this.mode = mode;
        this.root = root;
        this.adopter = adopter;
        this.tags = new AtomicLong(TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    }

    /**
     * Connects to the shim of a root, or starts one, and has it tell of all that it holds.
     *
     * @throws DriverException STATE_ROOT_TAKEN if another engine is connected; HELPER_DIED if it can't be started
     */
    public static Shim open(Kernel kernel, ShimMode mode, Path root, Adopter adopter) {
        Shim shim = new Shim(kernel, mode, root, adopter);
        shim.connect();
        return shim;
    }

    /** Returns its pid. */
    public int pid() {
        return current().welcome().shimPid();
    }

    /** Returns true if it and its processes outlive this engine. */
    public boolean isLasting() {
        return mode == ShimMode.LASTING;
    }

    /** Waits until a one-shot shim has left its child to itself, or has ended otherwise. Not interruptible. */
    public void awaitLeft() {
        lock.lock();
        try {
            while (state != State.CLOSED) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
        Process leaving = process;
        if (leaving != null) {
            leaving.onExit().join();
        }
    }

    /** Returns its directory. */
    public Path root() {
        return root;
    }

    /**
     * Returns a process that is asked for next.
     *
     * @param name what messages call it, such as {@code container "a"}
     */
    public ShimProcess prepare(String name, ShimProcess.Listener listener) {
        ShimConnection at = current();
        ShimProcess prepared = new ShimProcess(at, tags.incrementAndGet(), name, listener, this::gone);
        processes.put(prepared.tag(), prepared);
        at.register(prepared.tag(), prepared);
        return prepared;
    }

    /** Drops one that was prepared and will not be launched. */
    public void forget(ShimProcess prepared) {
        gone(prepared);
    }

    private void gone(ShimProcess ended) {
        processes.remove(ended.tag(), ended);
        ShimConnection at = connection;
        if (at != null) {
            at.forget(ended.tag());
        }
    }

    /** Returns the connection, waiting while a new shim is being started. */
    private ShimConnection current() {
        lock.lock();
        try {
            while (state == State.CONNECTING) {
                changed.awaitUninterruptibly();
            }
            ShimConnection at = connection;
            if (state == State.CONNECTED && at != null) {
                return at;
            }
            if (state == State.CLOSED) {
                throw closed();
            }
            state = State.CONNECTING;
        } finally {
            lock.unlock();
        }
        return connect();
    }

    private static DriverException closed() {
        return new DriverException(
                StandardErrorCode.DRIVER_CLOSED, "use the native driver", "it was closed", "open it again");
    }

    /** In state CONNECTING, which the caller alone has brought about. */
    private ShimConnection connect() {
        try {
            Session session = connectOrStart();
            ShimConnection fresh = session.connection();
            connection = fresh;
            fresh.start();
            fresh.send(new Request.ListHeld());
            session.awaitListed();
            enter(State.CONNECTED);
            return fresh;
        } catch (RuntimeException | Error e) {
            enter(State.BROKEN);
            throw e;
        }
    }

    private Session connectOrStart() {
        String socket = root.resolve("shim.sock").toString();
        try {
            return new Session(socket);
        } catch (KernelException e) {
            if (!e.is(Errno.ENOENT, Errno.ECONNREFUSED)) {
                throw e;
            }
        }
        process = starter.start(mode, root);
        return new Session(socket);
    }

    private void enter(State next) {
        lock.lock();
        try {
            if (state != State.CLOSED) {
                state = next;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void replace(int pid, String why) {
        ShimDeath death = new ShimDeath(pid, end().how(why));
        log.error("The helper process caisson-shim (pid {}) {}; starting another", pid, death.how());
        List<ShimProcess> orphans = List.copyOf(processes.values());
        orphans.forEach(orphan -> orphan.severed(death));
        try {
            ShimConnection successor = connect();
            orphans.forEach(orphan -> settle(orphan, successor, death));
        } catch (RuntimeException e) {
            log.error("No other could be started; the next launch tries again", e);
            orphans.forEach(orphan -> orphan.lost(death));
        }
    }

    /** The successor keeps what has ended with the dead one until it is told to clean it, whatever the plan said. */
    private static void settle(ShimProcess orphan, ShimConnection successor, ShimDeath death) {
        if (!orphan.isAt(successor)) {
            orphan.lost(death);
        } else if (orphan.cleansItself()) {
            Thread.ofVirtual().name("caisson-clean-" + orphan.tag()).start(orphan::cleanOnceEnded);
        }
    }

    /**
     * Ends the connection. A tied shim kills and cleans all that it holds, and ends; this returns when it has. A lasting one
     * goes on if it holds anything.
     */
    @Override
    public void close() {
        ShimConnection last = leave();
        if (last != null) {
            end().leave(last, mode);
            processes.values().forEach(held -> held.lost(doing -> closed()));
        }
    }

    private ShimEnd end() {
        return new ShimEnd(kernel, process);
    }

    /** Returns the connection that is to be ended, null if there is none or it was ended before. */
    private @Nullable ShimConnection leave() {
        lock.lock();
        try {
            while (state == State.CONNECTING) {
                changed.awaitUninterruptibly();
            }
            boolean connected = state == State.CONNECTED;
            state = State.CLOSED;
            return connected ? connection : null;
        } finally {
            lock.unlock();
        }
    }

    /** What comes of one connection. */
    private final class Session implements ConnectionListener {
        private final ShimConnection at;
        private boolean listed;
        private @Nullable String end;

        Session(String socket) {
            at = ShimConnection.open(kernel, socket, this);
        }

        ShimConnection connection() {
            return at;
        }

        @Override
        public void held(Reply.Held held) {
            ShimProcess known = processes.get(held.tag());
            if (known != null) {
                known.moveTo(at);
                at.register(held.tag(), known);
                return;
            }
            String name = "container \"" + held.id() + "\"";
            ShimProcess found = new ShimProcess(at, held.tag(), name, ShimProcess.Listener.NONE, Shim.this::gone);
            found.restore(held);
            processes.put(held.tag(), found);
            at.register(held.tag(), found);
            found.tell(adopter.adopt(found, held));
        }

        @Override
        public void listEnd() {
            lock.lock();
            try {
                listed = true;
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void awaitListed() {
            lock.lock();
            try {
                while (!listed) {
                    if (end != null) {
                        throw new ShimDeath(at.welcome().shimPid(), end).during("ask the shim what it holds");
                    }
                    changed.awaitUninterruptibly();
                }
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void ended(String why) {
            lock.lock();
            try {
                end = why;
                changed.signalAll();
                if (mode == ShimMode.ONE_SHOT) {
                    // It has served its one launch.
                    state = State.CLOSED;
                    return;
                }
                if (state != State.CONNECTED) {
                    return;
                }
                state = State.CONNECTING;
            } finally {
                lock.unlock();
            }
            int pid = at.welcome().shimPid();
            Thread.ofVirtual().name("caisson-shim-successor").start(() -> replace(pid, why));
        }
    }
}
