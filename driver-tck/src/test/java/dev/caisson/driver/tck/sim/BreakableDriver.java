// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerListener;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.InvalidCommandException;
import dev.caisson.driver.ProcessInfo;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Subscription;
import dev.caisson.driver.Termination;
import dev.caisson.driver.Unsupported;
import dev.caisson.driver.check.Checked;
import dev.caisson.driver.check.Checker;
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Hooks;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.RestoreOptions;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.resources.Resources;
import dev.caisson.driver.stats.ResourceStats;
import dev.caisson.driver.tck.probe.Step;
import dev.caisson.driver.tck.probe.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A driver in memory that does everything right but its fault. */
final class BreakableDriver implements Driver {
    private final SimulatedMachine machine;
    private final Fault fault;
    private final Set<Feature> features;
    private final DriverContext context;
    private final StateRoot root;
    private final EventHub events;
    private final FeatureChecks checks;
    private volatile boolean closed;
    private int featureCalls;

    BreakableDriver(SimulatedMachine machine, Fault fault, Set<Feature> features, DriverContext context) {
        this.machine = machine;
        this.fault = fault;
        this.features = features.contains(Feature.RECOVER) && context.lifetime() == DriverContext.Lifetime.TIED
                ? without(features, Feature.RECOVER)
                : features;
        this.context = context;
        this.root = machine.stateRoot(fault.is(Wrong.MIXES_STATE_ROOTS) ? Path.of("/") : context.stateRoot());
        if (!root.taken().compareAndSet(false, true)
                && !fault.is(Wrong.SHARES_A_STATE_ROOT)
                && !fault.is(Wrong.MIXES_STATE_ROOTS)) {
            throw new DriverException(
                    StandardErrorCode.ID_TAKEN,
                    "open " + context.stateRoot(),
                    "another engine has it",
                    "close that one");
        }
        this.events = new EventHub(fault);
        this.checks = new FeatureChecks(name(), this.features, machine, fault);
        root.containers().values().forEach(container -> container.adopt(this));
        if (fault.is(Wrong.LOSES_CONTAINERS_OF_ITS_FORERUNNER)) {
            root.containers().clear();
        }
    }

    private static Set<Feature> without(Set<Feature> features, Feature feature) {
        Set<Feature> copy = EnumSet.copyOf(features);
        copy.remove(feature);
        return copy;
    }

    SimulatedMachine machine() {
        return machine;
    }

    Fault fault() {
        return fault;
    }

    EventHub events() {
        return events;
    }

    Resources limitsOf(ContainerId id) {
        return Optional.ofNullable(root.containers().get(id))
                .map(one -> one.usage().limits())
                .orElse(Resources.none());
    }

    @Override
    public String name() {
        return "breakable-1";
    }

    @Override
    public Set<Feature> features() {
        if (fault.is(Wrong.FEATURES_CHANGE) && ++featureCalls % 2 == 0) {
            return without(features, Feature.CHECKPOINT);
        }
        return features;
    }

    private void checkOpen(String doing) {
        if (closed) {
            throw new DriverException(StandardErrorCode.DRIVER_CLOSED, doing, "the driver was closed", "open it again");
        }
    }

    private void needs(String doing, Feature feature) {
        checkOpen(doing);
        if (!features.contains(feature) && !fault.is(Wrong.IGNORES_WHAT_IT_LACKS)) {
            throw Unsupported.feature(name(), doing, feature);
        }
    }

    private static String doing(String verb, ContainerId id) {
        return verb + " container \"" + id + "\"";
    }

    SimulatedContainer require(String doing, ContainerId id) {
        checkOpen(doing);
        SimulatedContainer container = root.containers().get(id);
        if (container == null) {
            throw new DriverException(
                    StandardErrorCode.NO_SUCH_CONTAINER, doing, "there is no \"" + id + "\"", "name another");
        }
        return container;
    }

    private SimulatedContainer requireRunning(String doing, ContainerId id) {
        SimulatedContainer container = require(doing, id);
        if (container.state() == ContainerState.EXITED
                || (container.state() == ContainerState.CREATED && !fault.is(Wrong.STATE_STAYS_CREATED))) {
            if (!fault.is(Wrong.TAKES_ENDED_FOR_RUNNING)) {
                throw new DriverException(StandardErrorCode.NOT_RUNNING, doing, "it does not run", "start it");
            }
        }
        return container;
    }

    // --- run, create, start ---

    @Override
    public ExitStatus run(Command command, Pipes pipes, StartCallback onStart) throws InterruptedException {
        SimulatedContainer container = make(command, pipes);
        try {
            start(container);
            tellOfStart(container, onStart);
            ExitStatus status = container.await();
            if (!fault.is(Wrong.FORGETS_TO_CLEAN)) {
                clean(container.id());
            }
            return status;
        } catch (InterruptedException | RuntimeException | Error failure) {
            if (!(failure instanceof InterruptedException && fault.is(Wrong.INTERRUPT_LEAVES_CONTAINERS))
                    && root.containers().containsKey(container.id())) {
                remove(container);
            }
            if (fault.is(Wrong.SWALLOWS_WHAT_CALLBACKS_THROW) && failure instanceof IllegalStateException) {
                return new ExitStatus(
                        new Termination.Exited(0),
                        false,
                        Instant.now(),
                        Instant.now(),
                        dev.caisson.driver.Usage.unknown());
            }
            throw failure;
        }
    }

    private void tellOfStart(SimulatedContainer container, StartCallback onStart) {
        onStart.started(container.process());
        if (fault.is(Wrong.TELLS_OF_THE_START_TWICE)) {
            onStart.started(container.process());
        }
    }

    private void remove(SimulatedContainer container) {
        container.kill();
        container.initProcess().ended().join();
        cleanNow(container);
    }

    @Override
    public Container create(Command command, Pipes pipes) throws InterruptedException {
        needs(doing("create", command.id()), Feature.CREATE);
        SimulatedContainer container = make(command, pipes);
        if (fault.is(Wrong.STARTS_WHAT_IS_CREATED)) {
            container.initProcess().start();
        }
        return container;
    }

    private SimulatedContainer make(Command command, Pipes pipes) throws InterruptedException {
        String doing = doing("create", command.id());
        checkOpen(doing);
        if (Thread.interrupted() && !fault.is(Wrong.BEGINS_ALTHOUGH_INTERRUPTED)) {
            throw new InterruptedException(doing);
        }
        checks.check(doing, command);
        checkTerminal(doing, command.process(), pipes);
        synchronized (root) {
            if (root.containers().containsKey(command.id()) && !fault.is(Wrong.TAKES_THE_SAME_ID_TWICE)) {
                throw new DriverException(
                        StandardErrorCode.ID_TAKEN, doing, "there is one of that name", "name it otherwise");
            }
            if (root.containers().size() >= 32 && fault.is(Wrong.HOLDS_FEW_AT_ONE_TIME)) {
                throw new DriverException(StandardErrorCode.LAUNCH_FAILED, doing, "there are enough", "wait");
            }
            Stdio stdio = Stdio.open(machine, fault, doing, pipes);
            SimulatedContainer container = new Launch(this, command).make();
            boolean own = container.spec().namespaces().pid() instanceof NamespaceChoice.Private;
            boolean host = container.spec().namespaces().pid() instanceof NamespaceChoice.Host;
            List<Step> steps = new ArrayList<>();
            long pid = host ? 0 : own ? (container.spec().process().initReaper() ? 2 : 1) : 100;
            SimulatedProcess init =
                    new SimulatedProcess(container, container.spec().process(), steps, stdio, pid, 1);
            container.init(init);
            container.traces(true);
            root.containers().put(container.id(), container);
            hooks(container, "creating");
            try {
                steps.addAll(Programs.load(container, container.spec().process()));
            } catch (RuntimeException failure) {
                container.failAtStart();
            }
            if (!fault.is(Wrong.TELLS_NO_CREATION)) {
                events.tell(new ContainerEvent.Created(container.id(), Instant.now(), container.init()));
            }
            return container;
        }
    }

    private void hooks(SimulatedContainer container, String status) {
        HookRunner runner = new HookRunner(container);
        try {
            Hooks hooks = container.spec().hooks();
            boolean swapped = fault.is(Wrong.SWAPS_HOOK_POINTS);
            runner.run(swapped ? hooks.createRuntime() : hooks.prestart(), status, false, false);
            runner.run(swapped ? hooks.prestart() : hooks.createRuntime(), status, false, false);
            runner.run(hooks.createContainer(), status, !fault.is(Wrong.RUNS_HOOKS_OUTSIDE), false);
        } catch (RuntimeException failure) {
            if (!fault.is(Wrong.IGNORES_HOOKS_THAT_FAIL)) {
                remove(container);
                throw failure;
            }
        }
    }

    private void checkTerminal(String doing, ProcessConfig process, Pipes pipes) {
        boolean fits = process.terminal() == pipes instanceof Pipes.Terminal;
        if (!fits && !fault.is(Wrong.TAKES_A_TERMINAL_WITHOUT_PIPES)) {
            if (pipes instanceof Pipes.Terminal) {
                needs(doing, Feature.TTY);
            }
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT,
                    doing,
                    "a terminal needs pipes of a terminal",
                    "give both or none");
        }
    }

    void start(SimulatedContainer container) {
        String doing = doing("start", container.id());
        checkOpen(doing);
        if (container.state() != ContainerState.CREATED && !fault.is(Wrong.STARTS_TWICE)) {
            throw new DriverException(
                    StandardErrorCode.NOT_CREATED, doing, "it is " + container.state(), "create it anew");
        }
        try {
            HookRunner runner = new HookRunner(container);
            runner.run(container.spec().hooks().startContainer(), "created", true, true);
            Programs.load(container, container.spec().process());
        } catch (RuntimeException failure) {
            boolean hook = !container.failsAtStart();
            if (!(hook && fault.is(Wrong.IGNORES_HOOKS_THAT_FAIL))) {
                if (!fault.is(Wrong.KEEPS_WHAT_FAILED_TO_START)) {
                    remove(container);
                }
                throw failure;
            }
        }
        if (container.state() == ContainerState.CREATED) {
            container.started();
            events.tell(new ContainerEvent.Started(container.id(), Instant.now(), container.init()));
            container.initProcess().start();
        }
        tolerate(container, container.spec().hooks().poststart(), "running");
    }

    private void tolerate(SimulatedContainer container, List<dev.caisson.driver.command.Hook> hooks, String status) {
        try {
            new HookRunner(container).run(hooks, status, false, false);
        } catch (DriverException failed) {
            if (fault.is(Wrong.FAILS_FOR_LATE_HOOKS)) {
                throw failed;
            }
        }
    }

    void attach(SimulatedContainer container, Pipes pipes) {
        needs(doing("attach to", container.id()), Feature.RECOVER);
        if (container.isAttached() && !fault.is(Wrong.ATTACHES_TWICE)) {
            throw new DriverException(
                    StandardErrorCode.NOT_CREATED, doing("attach to", container.id()), "its streams are connected", "");
        }
        container.attachStreams(pipes);
    }

    // --- looking ---

    @Override
    public Container container(ContainerId id) {
        return require(doing("find", id), id);
    }

    @Override
    public List<Container> containers() {
        if (!fault.is(Wrong.LISTS_ALTHOUGH_CLOSED)) {
            checkOpen("list containers");
        }
        List<Container> all = new ArrayList<>(root.containers().values());
        return fault.is(Wrong.LISTS_BACKWARDS) ? all.reversed() : all;
    }

    @Override
    public List<ProcessInfo> processes(ContainerId id) {
        String doing = doing("list processes of", id);
        needs(doing, Feature.PROCESSES);
        SimulatedContainer container = requireRunning(doing, id);
        return ProcessTable.of(container);
    }

    @Override
    public ResourceStats stats(ContainerId id) {
        String doing = doing("read statistics of", id);
        needs(doing, Feature.STATS);
        return StatsTable.of(requireRunning(doing, id));
    }

    // --- exec ---

    @Override
    public ExecStatus exec(ContainerId id, ProcessConfig process, Pipes pipes, StartCallback onStart)
            throws InterruptedException {
        String doing = doing("exec in", id);
        needs(doing, Feature.EXEC);
        checkMistakes(doing, "process", process);
        checks.checkProcess(doing, process);
        if (fault.is(Wrong.EXECS_IN_NOBODY) && !root.containers().containsKey(id)) {
            return new ExecStatus(
                    new Termination.Exited(0), Instant.now(), Instant.now(), dev.caisson.driver.Usage.unknown());
        }
        SimulatedContainer container = requireRunning(doing, id);
        if (container.isPaused() && !fault.is(Wrong.EXECS_IN_PAUSED_ONES)) {
            throw new DriverException(StandardErrorCode.PAUSED, doing, "it is paused", "unpause it");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException(doing);
        }
        ProcessConfig merged = ExecConfig.merge(container.spec().process(), erased(process), fault);
        List<Step> steps = Programs.load(container, merged);
        Stdio stdio = Stdio.open(machine, fault, doing, pipes);
        long pid = machine.nextNumber();
        SimulatedProcess started = new SimulatedProcess(container, merged, steps, stdio, pid, 0);
        container.processes().add(started);
        started.start();
        events.tell(new ContainerEvent.ExecStarted(id, Instant.now(), started.identity()));
        return await(container, started, onStart);
    }

    private ExecStatus await(SimulatedContainer container, SimulatedProcess started, StartCallback onStart)
            throws InterruptedException {
        try {
            onStart.started(started);
            Termination termination = started.ended().get();
            started.stdio().drain();
            ExecStatus status = container.execStatus(started, termination);
            if (!fault.is(Wrong.TELLS_NO_EXEC_EXIT)) {
                events.tell(new ContainerEvent.ExecExited(container.id(), Instant.now(), started.identity(), status));
            }
            if (fault.is(Wrong.EXEC_ENDS_ITS_CONTAINER)) {
                container.kill();
            }
            return status;
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException interrupt) {
            if (!fault.is(Wrong.INTERRUPT_LEAVES_EXECS)) {
                started.kill(new Termination.Signalled(Signal.KILL, false));
                started.ended().join();
            }
            if (fault.is(Wrong.INTERRUPTED_EXEC_ENDS_ITS_CONTAINER)) {
                container.kill();
            }
            throw interrupt;
        }
    }

    private ProcessConfig erased(ProcessConfig process) {
        return fault instanceof Fault.Ignoring(String path) && path.startsWith("process.")
                ? FieldEraser.erase(process, path.substring("process.".length()))
                : process;
    }

    private void checkMistakes(String doing, String path, Checked checked) {
        Checker checker = Checker.atRoot();
        checked.check(checker.at(path));
        if (!checker.mistakes().isEmpty() && !fault.is(Wrong.TAKES_MISTAKES)) {
            throw new InvalidCommandException(doing, checker.mistakes());
        }
    }

    // --- signals ---

    @Override
    public void kill(ContainerId id, Signal signal) {
        signal(doing("signal", id), id, signal, false);
    }

    @Override
    public void killAll(ContainerId id, Signal signal) {
        needs(doing("signal all of", id), Feature.KILL_ALL);
        signal(doing("signal all of", id), id, signal, !fault.is(Wrong.KILLS_INIT_FOR_ALL));
    }

    private void signal(String doing, ContainerId id, Signal signal, boolean all) {
        if (!signal.equals(Signal.KILL)) {
            needs(doing, Feature.SIGNALS);
        }
        if (fault.is(Wrong.SIGNALS_NOBODY) && !root.containers().containsKey(id) && !closed) {
            return;
        }
        SimulatedContainer container = require(doing, id);
        if (container.state() == ContainerState.EXITED && !fault.is(Wrong.TAKES_ENDED_FOR_RUNNING)) {
            throw new DriverException(StandardErrorCode.NOT_RUNNING, doing, "it has ended", "");
        }
        if (container.isPaused() && !signal.equals(Signal.KILL) && !fault.is(Wrong.SIGNALS_PAUSED_ONES)) {
            throw new DriverException(StandardErrorCode.PAUSED, doing, "it is paused", "unpause it");
        }
        boolean everybody = all || fault.is(Wrong.KILLS_ALL_FOR_INIT);
        boolean later = fault.is(Wrong.LOSES_REALTIME_SIGNALS) && signal.number() > 32;
        Stream<SimulatedProcess> targets =
                everybody ? container.processes().stream() : Stream.of(container.initProcess());
        if (!later) {
            targets.toList().forEach(process -> process.signal(signal, true));
        }
    }

    @Override
    public void pause(ContainerId id) {
        String doing = doing("pause", id);
        needs(doing, Feature.PAUSE);
        SimulatedContainer container = requireRunning(doing, id);
        if (container.isPaused() && !fault.is(Wrong.PAUSES_TWICE)) {
            throw new DriverException(StandardErrorCode.PAUSED, doing, "it is paused already", "unpause it");
        }
        container.freeze(true);
        container.setState(ContainerState.PAUSED);
        if (!fault.is(Wrong.TELLS_NO_PAUSE)) {
            events.tell(new ContainerEvent.Paused(id, Instant.now()));
        }
    }

    @Override
    public void unpause(ContainerId id) {
        String doing = doing("unpause", id);
        needs(doing, Feature.PAUSE);
        SimulatedContainer container = require(doing, id);
        if (!container.isPaused() && !fault.is(Wrong.UNPAUSES_WHAT_RUNS)) {
            throw new DriverException(StandardErrorCode.NOT_PAUSED, doing, "it is not paused", "");
        }
        container.setState(ContainerState.RUNNING);
        container.freeze(false);
        events.tell(new ContainerEvent.Unpaused(id, Instant.now()));
    }

    @Override
    public void terminate(ContainerId id) {
        checkOpen(doing("terminate", id));
        SimulatedContainer container = root.containers().get(id);
        if (container == null) {
            if (fault.is(Wrong.MINDS_WHAT_IS_NOT_THERE)) {
                throw new DriverException(
                        StandardErrorCode.NO_SUCH_CONTAINER, doing("terminate", id), "it is not there", "");
            }
            return;
        }
        if (container.isPaused() && fault.is(Wrong.CANT_TERMINATE_PAUSED_ONES)) {
            throw new DriverException(StandardErrorCode.PAUSED, doing("terminate", id), "it is paused", "");
        }
        if (container.state() == ContainerState.CREATED && fault.is(Wrong.CANT_TERMINATE_CREATED_ONES)) {
            throw new DriverException(StandardErrorCode.NOT_RUNNING, doing("terminate", id), "it was not started", "");
        }
        if (container.state() == ContainerState.EXITED && fault.is(Wrong.TERMINATES_ONCE)) {
            throw new DriverException(StandardErrorCode.NOT_RUNNING, doing("terminate", id), "it has ended", "");
        }
        container.kill();
        waitForEnd(container);
    }

    private static void waitForEnd(SimulatedContainer container) {
        boolean interrupted = Thread.interrupted();
        try {
            container.await();
        } catch (InterruptedException again) {
            interrupted = true;
        } catch (RuntimeException told) {
            // Whoever waits for the container is told; it is gone all the same.
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void clean(ContainerId id) {
        checkOpen(doing("clean", id));
        SimulatedContainer container = root.containers().get(id);
        if (container == null) {
            if (fault.is(Wrong.MINDS_WHAT_IS_NOT_THERE)) {
                throw new DriverException(
                        StandardErrorCode.NO_SUCH_CONTAINER, doing("clean", id), "it is not there", "");
            }
            return;
        }
        boolean running = container.state() == ContainerState.RUNNING || container.isPaused();
        if (running && !fault.is(Wrong.CLEANS_WHAT_RUNS)) {
            throw new DriverException(StandardErrorCode.STILL_RUNNING, doing("clean", id), "it runs", "terminate it");
        }
        if (container.state() == ContainerState.CREATED && fault.is(Wrong.CANT_CLEAN_CREATED_ONES)) {
            throw new DriverException(StandardErrorCode.STILL_RUNNING, doing("clean", id), "it was not started", "");
        }
        if (!container.hasEnded()) {
            container.kill();
            waitForEnd(container);
        }
        cleanNow(container);
    }

    private void cleanNow(SimulatedContainer container) {
        if (!root.containers().remove(container.id(), container)) {
            return;
        }
        if (fault.is(Wrong.LEAVES_PROCESSES)) {
            machine.born(container.initProcess());
        }
        container.traces(false);
        container.network().close();
        machine.forgetLoad();
        removeTree(container.scratch());
        container.setState(ContainerState.CLEANED);
        tolerate(container, container.spec().hooks().poststop(), "stopped");
        if (!fault.is(Wrong.TELLS_NO_CLEANING)) {
            events.tell(new ContainerEvent.Cleaned(container.id(), Instant.now()));
        }
    }

    private static void removeTree(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> all = Files.walk(tree)) {
            for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    // --- update, recover, events, checkpoint ---

    @Override
    public void update(ContainerId id, Resources resources) {
        String doing = doing("update", id);
        needs(doing, Feature.UPDATE);
        checkMistakes(doing, "resources", resources);
        checks.checkResources(doing, resources);
        SimulatedContainer container = requireRunning(doing, id);
        Resources given = fault instanceof Fault.Ignoring(String path) && path.startsWith("resources.")
                ? FieldEraser.erase(resources, path.substring("resources.".length()))
                : resources;
        Updates.apply(doing, container.usage(), given, fault);
        if (!fault.is(Wrong.TELLS_NO_UPDATE)) {
            events.tell(new ContainerEvent.Updated(id, Instant.now()));
        }
    }

    @Override
    public List<Container> recover() {
        needs("recover containers", Feature.RECOVER);
        return List.copyOf(root.containers().values());
    }

    @Override
    public Subscription subscribe(ContainerListener listener) {
        needs("subscribe a listener", Feature.EVENTS);
        return events.subscribe(listener);
    }

    @Override
    public void checkpoint(ContainerId id, CheckpointOptions options) {
        String doing = doing("checkpoint", id);
        needs(doing, Feature.CHECKPOINT);
        checks.checkCheckpoints(doing);
        if (fault.is(Wrong.CHECKPOINTS_NOBODY) && !root.containers().containsKey(id)) {
            return;
        }
        SimulatedContainer container = requireRunning(doing, id);
        try {
            Files.writeString(options.imageDirectory().resolve("image"), id.value());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        if (!options.leaveRunning() || fault.is(Wrong.CHECKPOINTS_END_THEIR_CONTAINER)) {
            container.kill();
            waitForEnd(container);
        }
    }

    @Override
    public Container restore(Command command, Pipes pipes, RestoreOptions options) throws InterruptedException {
        String doing = doing("restore", command.id());
        needs(doing, Feature.CHECKPOINT);
        checks.checkCheckpoints(doing);
        if (!Files.exists(options.imageDirectory().resolve("image")) && !fault.is(Wrong.RESTORES_FROM_NOTHING)) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT, doing, options.imageDirectory() + " holds no checkpoint", "");
        }
        SimulatedContainer container = make(command, pipes);
        container.initProcess().goOnAfter(Verb.LINE, fault.is(Wrong.RESTORES_FROM_THE_BEGINNING));
        start(container);
        container.initProcess().awaitHold();
        return container;
    }

    @Override
    public void close() {
        if (closed) {
            if (fault.is(Wrong.CLOSES_ONCE)) {
                throw new DriverException(StandardErrorCode.DRIVER_CLOSED, "close", "it is closed", "");
            }
            return;
        }
        boolean lasting =
                context.lifetime() == DriverContext.Lifetime.LASTING && !fault.is(Wrong.TIES_LASTING_CONTAINERS);
        Map<ContainerId, SimulatedContainer> held = new LinkedHashMap<>(root.containers());
        for (SimulatedContainer container : held.values()) {
            if (lasting) {
                container.initProcess().stdio().detach();
            } else if (!fault.is(Wrong.CLOSE_LEAVES_CONTAINERS)) {
                remove(container);
            }
        }
        closed = true;
        root.taken().set(false);
    }
}
