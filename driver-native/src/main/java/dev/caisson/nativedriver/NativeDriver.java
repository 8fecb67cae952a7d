// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerListener;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.ProcessInfo;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Subscription;
import dev.caisson.driver.Unsupported;
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.RestoreOptions;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.resources.Resources;
import dev.caisson.driver.stats.ResourceStats;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.failure.KernelFailure;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.operation.KillContainer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/** The native driver: each method finds its container and hands it to the operation of that name. */
final class NativeDriver implements Driver {
    private final String version;
    private final Engine engine;
    private final DefaultPlacement placement;
    private final AtomicBoolean closed = new AtomicBoolean();

    private NativeDriver(String version, Engine engine, DefaultPlacement placement) {
        this.version = version;
        this.engine = engine;
        this.placement = placement;
    }

    static NativeDriver open(DriverContext context, NativeOptions options, String version) {
        try {
            return new NativeDriver(version, Engine.open(context, options), new DefaultPlacement(options));
        } catch (KernelException e) {
            throw KernelFailure.of("open the native driver", e);
        }
    }

    @Override
    public String name() {
        return "native-" + version;
    }

    @Override
    public Set<Feature> features() {
        return engine.features();
    }

    @Override
    public ExitStatus run(Command command, Pipes pipes, StartCallback onStart) throws InterruptedException {
        return interruptibly("run", command.id(), () -> engine.run().run(checked(command), pipes, onStart));
    }

    @Override
    public Container create(Command command, Pipes pipes) throws InterruptedException {
        return interruptibly(
                "create",
                command.id(),
                () -> new NativeContainer(this, engine.create().create(checked(command), pipes)));
    }

    private Command checked(Command command) {
        Command placed = placement.apply(command);
        engine.checks().check(placed);
        return placed;
    }

    @Override
    public Container container(ContainerId id) {
        return new NativeContainer(this, find("find", id));
    }

    @Override
    public List<Container> containers() {
        checkOpen("list containers");
        return engine.containers().all().stream().map(this::handle).toList();
    }

    private Container handle(ActiveContainer container) {
        return new NativeContainer(this, container);
    }

    @Override
    public ExecStatus exec(ContainerId id, ProcessConfig process, Pipes pipes, StartCallback onStart)
            throws InterruptedException {
        return interruptibly(
                "run a process in",
                id,
                () -> engine.exec().exec(find("run a process in", id), process, pipes, onStart));
    }

    @Override
    public void kill(ContainerId id, Signal signal) {
        act("signal", id, container -> KillContainer.kill(container, signal));
    }

    @Override
    public void killAll(ContainerId id, Signal signal) {
        act("signal all of", id, container -> engine.killAll().killAll(container, signal));
    }

    @Override
    public void pause(ContainerId id) {
        needs(Feature.PAUSE, "pause", id);
        act("pause", id, engine.pause()::pause);
    }

    @Override
    public void unpause(ContainerId id) {
        needs(Feature.PAUSE, "unpause", id);
        act("unpause", id, engine.unpause()::unpause);
    }

    private void needs(Feature feature, String verb, ContainerId id) {
        if (!engine.has(feature)) {
            throw Unsupported.feature(name(), doing(verb, id), feature);
        }
    }

    @Override
    public void terminate(ContainerId id) {
        checkOpen(doing("terminate", id));
        engine.containers()
                .find(id)
                .ifPresent(container -> translated("terminate", id, () -> {
                    engine.terminate().terminate(container);
                    return container;
                }));
    }

    @Override
    public void clean(ContainerId id) {
        checkOpen(doing("clean", id));
        engine.containers()
                .find(id)
                .ifPresent(container -> translated("clean", id, () -> {
                    engine.clean().clean(container);
                    return container;
                }));
    }

    @Override
    public List<ProcessInfo> processes(ContainerId id) {
        return translated(
                "list the processes of", id, () -> engine.processes().processes(find("list the processes of", id)));
    }

    @Override
    public ResourceStats stats(ContainerId id) {
        return translated("read the statistics of", id, () -> engine.stats().stats(find("read the statistics of", id)));
    }

    @Override
    public void update(ContainerId id, Resources resources) {
        act("update", id, container -> engine.update().update(container, resources));
    }

    @Override
    public void checkpoint(ContainerId id, CheckpointOptions options) {
        translated("checkpoint", id, () -> {
            engine.demandCriu(doing("checkpoint", id));
            return id;
        });
        act("checkpoint", id, container -> engine.checkpoint().checkpoint(container, options));
    }

    @Override
    public Container restore(Command command, Pipes pipes, RestoreOptions options) throws InterruptedException {
        return interruptibly("restore", command.id(), () -> {
            engine.demandCriu(doing("restore", command.id()));
            return new NativeContainer(this, engine.restore().restore(checked(command), pipes, options));
        });
    }

    @Override
    public List<Container> recover() {
        needsRecover("recover containers");
        return engine.recover().recovered().stream().map(this::handle).toList();
    }

    private void needsRecover(String doing) {
        checkOpen(doing);
        if (!engine.has(Feature.RECOVER)) {
            throw Unsupported.feature(name(), doing, Feature.RECOVER);
        }
    }

    @Override
    public Subscription subscribe(ContainerListener listener) {
        checkOpen("subscribe a listener");
        return engine.subscribe(listener);
    }

    /** For {@link Container#start}. */
    void start(ActiveContainer container) {
        translated("start", container.id(), () -> {
            engine.start().start(container);
            return container;
        });
    }

    /** For {@link Container#attach}. */
    void attach(ActiveContainer container, Pipes pipes) {
        needsRecover(doing("attach to", container.id()));
        translated("attach to", container.id(), () -> {
            engine.attach().attach(container, pipes);
            return container;
        });
    }

    private static String doing(String verb, ContainerId id) {
        return verb + " container \"" + id + "\"";
    }

    private void checkOpen(String doing) {
        if (closed.get()) {
            throw new DriverException(
                    StandardErrorCode.DRIVER_CLOSED, doing, "this driver was closed", "open it again");
        }
    }

    private ActiveContainer find(String verb, ContainerId id) {
        String doing = doing(verb, id);
        checkOpen(doing);
        return engine.containers().require(doing, id);
    }

    private interface Action {
        void on(ActiveContainer container);
    }

    private void act(String verb, ContainerId id, Action action) {
        translated(verb, id, () -> {
            ActiveContainer container = find(verb, id);
            action.on(container);
            return container;
        });
    }

    private interface Interruptible<T> {
        T call() throws InterruptedException;
    }

    private <T> T interruptibly(String verb, ContainerId id, Interruptible<T> action) throws InterruptedException {
        checkOpen(doing(verb, id));
        if (Thread.interrupted()) {
            throw new InterruptedException("Interrupted before it was begun to " + doing(verb, id));
        }
        try {
            return action.call();
        } catch (KernelException e) {
            throw KernelFailure.of(doing(verb, id), e);
        }
    }

    private <T> T translated(String verb, ContainerId id, Supplier<T> action) {
        checkOpen(doing(verb, id));
        try {
            return action.get();
        } catch (KernelException e) {
            throw KernelFailure.of(doing(verb, id), e);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            engine.close();
        }
    }
}
