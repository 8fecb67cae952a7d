// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.RestoreOptions;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.resources.Resources;
import dev.caisson.driver.stats.ResourceStats;
import java.util.List;
import java.util.Set;

/**
 * Runs isolated processes. Every method is thread-safe. Blocking methods are made for virtual threads too. All throw
 * {@link DriverException} with a code; those listed at a method are what a caller may want to tell apart. After
 * {@link #close} every method throws {@link StandardErrorCode#DRIVER_CLOSED}.
 */
public interface Driver extends AutoCloseable {
    /** Returns the name and version, such as {@code native-0.1.0}. */
    String name();

    /** Returns what this driver does on this machine; never changes while it is open. */
    Set<Feature> features();

    /**
     * Creates a container, starts it, waits for its end, delivers all its output, and removes every trace of it.
     *
     * <p>An interrupt of this thread at any moment kills the container and removes it before this method throws.
     *
     * @param onStart told once, after the start and before this method returns
     * @return how it ended; that the process failed is no error of this method
     * @throws InvalidCommandException if the command has mistakes
     * @throws LaunchException if the process can't be started; nothing is left behind
     * @throws DriverException {@link StandardErrorCode#ID_TAKEN} if a container of that id is held;
     *     {@link ErrorKind#UNSUPPORTED} for a field that this driver can't honour; {@link ErrorKind#MACHINE} for one that
     *     this machine can't; {@link StandardErrorCode#STREAM_FAILED} if a Java stream of the caller failed (the container
     *     ran to its end)
     * @throws InterruptedException if this thread was interrupted
     */
    default ExitStatus run(Command command, Pipes pipes, StartCallback onStart) throws InterruptedException {
        return RunSequence.run(this, command, pipes, onStart);
    }

    /**
     * Makes everything of a container up to the execve(2) of its process, which {@link Container#start} does. Blocks until
     * that is done. On failure nothing is left behind.
     *
     * @throws InvalidCommandException if the command has mistakes
     * @throws LaunchException if it can't be made
     * @throws DriverException as {@link #run}
     * @throws InterruptedException if this thread was interrupted; nothing is left behind
     */
    Container create(Command command, Pipes pipes) throws InterruptedException;

    /**
     * Returns the container of that id.
     *
     * @throws DriverException {@link StandardErrorCode#NO_SUCH_CONTAINER}
     */
    Container container(ContainerId id);

    /** Returns all containers that are held, in the order of their ids. Doesn't block. */
    List<Container> containers();

    /**
     * Runs a further process in a running container and waits for its end and all its output. What {@code process} leaves
     * open (user, cwd, capabilities, ...) is as in the container's own command; its environment is added to that one.
     *
     * <p>An interrupt of this thread kills that process before this method throws; the container goes on.
     *
     * @throws LaunchException if it can't be started
     * @throws DriverException {@link StandardErrorCode#NO_SUCH_CONTAINER}, {@link StandardErrorCode#NOT_RUNNING},
     *     {@link StandardErrorCode#PAUSED}; {@link ErrorKind#UNSUPPORTED} without {@link Feature#EXEC}
     * @throws InterruptedException if this thread was interrupted
     */
    ExecStatus exec(ContainerId id, ProcessConfig process, Pipes pipes, StartCallback onStart)
            throws InterruptedException;

    /**
     * Sends a signal to a container's init. Returns when it was sent; doesn't wait for what it does.
     *
     * @throws DriverException {@link StandardErrorCode#NO_SUCH_CONTAINER}, {@link StandardErrorCode#NOT_RUNNING} if it has
     *     ended, {@link StandardErrorCode#PAUSED} for a signal other than KILL to a paused one
     */
    void kill(ContainerId id, Signal signal);

    /**
     * Sends a signal to every process of a container, also to those that start while this goes on.
     *
     * @throws DriverException as {@link #kill}; {@link ErrorKind#UNSUPPORTED} without {@link Feature#KILL_ALL}
     */
    void killAll(ContainerId id, Signal signal);

    /**
     * Freezes every process of a container. Returns when all are frozen.
     *
     * @throws DriverException {@link StandardErrorCode#NOT_RUNNING}, {@link StandardErrorCode#PAUSED} if it is already;
     *     {@link ErrorKind#UNSUPPORTED} without {@link Feature#PAUSE}
     */
    void pause(ContainerId id);

    /**
     * Lets a paused container go on.
     *
     * @throws DriverException {@link StandardErrorCode#NOT_PAUSED}; {@link ErrorKind#UNSUPPORTED} without
     *     {@link Feature#PAUSE}
     */
    void unpause(ContainerId id);

    /**
     * Kills every process of a container, created, running or paused, and returns when they are gone. Idempotent: one that
     * has ended, or of which there is no trace, is fine.
     */
    void terminate(ContainerId id);

    /**
     * Removes every trace of a container that has ended or was never started. Idempotent: one of which there is no trace is
     * fine.
     *
     * @throws DriverException {@link StandardErrorCode#STILL_RUNNING}
     */
    void clean(ContainerId id);

    /**
     * Returns the processes of a running container, those of exec included, in the order of their pids.
     *
     * @throws DriverException {@link StandardErrorCode#NO_SUCH_CONTAINER}, {@link StandardErrorCode#NOT_RUNNING};
     *     {@link ErrorKind#UNSUPPORTED} without {@link Feature#PROCESSES}
     */
    List<ProcessInfo> processes(ContainerId id);

    /**
     * Returns what a running container has used so far.
     *
     * @throws DriverException {@link StandardErrorCode#NO_SUCH_CONTAINER}, {@link StandardErrorCode#NOT_RUNNING};
     *     {@link ErrorKind#UNSUPPORTED} without {@link Feature#STATS}
     */
    ResourceStats stats(ContainerId id);

    /**
     * Changes limits of a running container: those that are given, the others stay. Either all of them are changed or, on
     * an error, none.
     *
     * @throws InvalidCommandException if the resources have mistakes
     * @throws DriverException {@link StandardErrorCode#NO_SUCH_CONTAINER}, {@link StandardErrorCode#NOT_RUNNING};
     *     {@link StandardErrorCode#LIMIT_REFUSED} with the kernel's reason; {@link ErrorKind#UNSUPPORTED} without
     *     {@link Feature#UPDATE}
     */
    void update(ContainerId id, Resources resources);

    /**
     * Takes over what an engine before this one left: containers that still run, and those that have ended since. They are
     * held by this driver from the time it was opened; this method only tells which they are. Idempotent.
     *
     * @throws DriverException {@link ErrorKind#UNSUPPORTED} without {@link Feature#RECOVER}
     */
    List<Container> recover();

    /**
     * Tells a listener everything that happens from now on.
     *
     * @throws DriverException {@link ErrorKind#UNSUPPORTED} without {@link Feature#EVENTS}
     */
    Subscription subscribe(ContainerListener listener);

    /**
     * Writes a running container's state to a directory. Blocks until that is done.
     *
     * @throws DriverException {@link StandardErrorCode#NOT_RUNNING}; {@link ErrorKind#UNSUPPORTED} without
     *     {@link Feature#CHECKPOINT}; {@link ErrorKind#MACHINE} with the tool's own reason
     */
    default void checkpoint(ContainerId id, CheckpointOptions options) {
        throw Unsupported.feature(name(), "checkpoint container \"" + id + "\"", Feature.CHECKPOINT);
    }

    /**
     * Makes a container from a checkpoint; it runs when this method returns.
     *
     * @throws DriverException as {@link #create}; {@link ErrorKind#UNSUPPORTED} without {@link Feature#CHECKPOINT}
     * @throws InterruptedException if this thread was interrupted; nothing is left behind
     */
    default Container restore(Command command, Pipes pipes, RestoreOptions options) throws InterruptedException {
        throw Unsupported.feature(name(), "restore container \"" + command.id() + "\"", Feature.CHECKPOINT);
    }

    /**
     * Gives back what the driver holds of this process. With {@link DriverContext.Lifetime#TIED} every container is
     * terminated and cleaned first; with {@link DriverContext.Lifetime#LASTING} they go on. Blocking; idempotent.
     */
    @Override
    void close();
}
