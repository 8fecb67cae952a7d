// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import static dev.caisson.driver.tck.sim.Engine.doing;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerEvent;
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
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.RestoreOptions;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.resources.Resources;
import dev.caisson.driver.stats.ResourceStats;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A driver in memory that does everything right but its fault. */
final class BreakableDriver implements Driver {
    private final Engine engine;
    private final Fault fault;
    private final Removal removal;
    private final Starts starts;
    private final Execs execs;
    private final Signals signals;
    private final Checkpoints checkpoints;
    private int featureCalls;

    BreakableDriver(SimulatedMachine machine, Fault fault, Set<Feature> features, DriverContext context) {
        this.engine = new Engine(machine, fault, features, context);
        this.fault = fault;
        this.removal = new Removal(engine);
        this.starts = new Starts(engine, removal);
        this.execs = new Execs(engine);
        this.signals = new Signals(engine);
        this.checkpoints = new Checkpoints(engine, starts);
        engine.root().containers().values().forEach(container -> container.adopt(engine, starts));
    }

    @Override
    public String name() {
        return Engine.NAME;
    }

    @Override
    public Set<Feature> features() {
        return fault.is(Wrong.FEATURES_CHANGE) && ++featureCalls % 2 == 0
                ? Engine.without(engine.features(), Feature.CHECKPOINT)
                : engine.features();
    }

    @Override
    public ExitStatus run(Command command, Pipes pipes, StartCallback onStart) throws InterruptedException {
        return starts.run(command, pipes, onStart);
    }

    @Override
    public Container create(Command command, Pipes pipes) throws InterruptedException {
        return starts.create(command, pipes);
    }

    @Override
    public Container container(ContainerId id) {
        return engine.require(doing("find", id), id);
    }

    @Override
    public List<Container> containers() {
        if (!fault.is(Wrong.LISTS_ALTHOUGH_CLOSED)) {
            engine.checkOpen("list containers");
        }
        List<Container> all = new ArrayList<>(engine.root().containers().values());
        return fault.is(Wrong.LISTS_BACKWARDS) ? all.reversed() : all;
    }

    @Override
    public List<ProcessInfo> processes(ContainerId id) {
        String doing = doing("list processes of", id);
        engine.needs(doing, Feature.PROCESSES);
        return ProcessTable.of(engine.requireRunning(doing, id));
    }

    @Override
    public ResourceStats stats(ContainerId id) {
        String doing = doing("read statistics of", id);
        engine.needs(doing, Feature.STATS);
        return StatsTable.of(engine.requireRunning(doing, id));
    }

    @Override
    public ExecStatus exec(ContainerId id, ProcessConfig process, Pipes pipes, StartCallback onStart)
            throws InterruptedException {
        return execs.exec(id, process, pipes, onStart);
    }

    @Override
    public void kill(ContainerId id, Signal signal) {
        signals.signal(doing("signal", id), id, signal, false);
    }

    @Override
    public void killAll(ContainerId id, Signal signal) {
        String doing = doing("signal all of", id);
        engine.needs(doing, Feature.KILL_ALL);
        signals.signal(doing, id, signal, !fault.is(Wrong.KILLS_INIT_FOR_ALL));
    }

    @Override
    public void pause(ContainerId id) {
        signals.pause(id);
    }

    @Override
    public void unpause(ContainerId id) {
        signals.unpause(id);
    }

    @Override
    public void terminate(ContainerId id) {
        removal.terminate(id);
    }

    @Override
    public void clean(ContainerId id) {
        removal.clean(id);
    }

    @Override
    public void update(ContainerId id, Resources resources) {
        String doing = doing("update", id);
        engine.needs(doing, Feature.UPDATE);
        engine.checkMistakes(doing, "resources", resources);
        engine.checks().checkResources(doing, resources);
        SimulatedContainer container = engine.requireRunning(doing, id);
        Updates.apply(doing, container.usage(), Misread.within("resources", resources, fault), fault);
        if (!fault.is(Wrong.TELLS_NO_UPDATE)) {
            engine.events().tell(new ContainerEvent.Updated(id, Instant.now()));
        }
    }

    @Override
    public List<Container> recover() {
        engine.needs("recover containers", Feature.RECOVER);
        return List.copyOf(engine.root().containers().values());
    }

    @Override
    public Subscription subscribe(ContainerListener listener) {
        engine.needs("subscribe a listener", Feature.EVENTS);
        return engine.events().subscribe(listener);
    }

    @Override
    public void checkpoint(ContainerId id, CheckpointOptions options) {
        checkpoints.checkpoint(id, options);
    }

    @Override
    public Container restore(Command command, Pipes pipes, RestoreOptions options) throws InterruptedException {
        return checkpoints.restore(command, pipes, options);
    }

    @Override
    public void close() {
        if (engine.isClosed()) {
            if (fault.is(Wrong.CLOSES_ONCE)) {
                throw new DriverException(StandardErrorCode.DRIVER_CLOSED, "close", "it is closed", "");
            }
            return;
        }
        for (SimulatedContainer container :
                List.copyOf(engine.root().containers().values())) {
            if (engine.isLasting()) {
                container.initProcess().stdio().detach();
            } else if (!fault.is(Wrong.CLOSE_LEAVES_CONTAINERS)) {
                removal.remove(container);
            }
        }
        engine.close();
    }
}
