// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StartedProcess;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.probe.Step;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A container whose processes are threads. */
final class SimulatedContainer implements Container {
    private final SimulatedMachine machine;
    private final Fault fault;
    private final Command command;
    private final Command spec;
    private final Surroundings surroundings;
    private final Usage usage;
    private final String keyring;
    private final List<SimulatedProcess> processes = new CopyOnWriteArrayList<>();
    private final Ending ending;
    private final Statuses statuses;
    private final Traces traces;
    private volatile Engine engine;
    private volatile Starts starts;
    private volatile ContainerState state = ContainerState.CREATED;
    private volatile Instant startedAt = Instant.now();
    private volatile @Nullable SimulatedProcess init;
    private volatile boolean attached = true;
    private volatile boolean startFails;
    private volatile boolean wasStarted;

    SimulatedContainer(Engine engine, Starts starts, Command command, Command spec, Surroundings surroundings) {
        this.engine = engine;
        this.starts = starts;
        this.machine = engine.machine();
        this.fault = engine.fault();
        this.command = command;
        this.spec = spec;
        this.surroundings = surroundings;
        this.usage = new Usage(spec.resources(), this::oom);
        this.ending = new Ending(fault);
        this.statuses = new Statuses(fault, usage, spec.process().initReaper());
        this.traces = new Traces(machine, fault, spec.id());
        this.keyring = Long.toHexString(machine.nextNumber());
    }

    void init(SimulatedProcess process) {
        init = process;
        processes.add(process);
    }

    SimulatedProcess initProcess() {
        SimulatedProcess process = init;
        if (process == null) {
            throw new IllegalStateException("it has no init yet");
        }
        return process;
    }

    // --- what its processes ask ---

    Engine engine() {
        return engine;
    }

    SimulatedMachine machine() {
        return machine;
    }

    Fault fault() {
        return fault;
    }

    Command spec() {
        return spec;
    }

    Vfs files() {
        return surroundings.files();
    }

    Net network() {
        return surroundings.network();
    }

    Usage usage() {
        return usage;
    }

    Path scratch() {
        return surroundings.scratch();
    }

    String keyring() {
        return keyring;
    }

    IdMappings idMappings() {
        return surroundings.idMappings();
    }

    Map<String, String> namespaces() {
        return surroundings.namespaces();
    }

    String namespace(String kind, SimulatedProcess process) {
        boolean stranger = process != init && fault.is(Wrong.EXECS_OUTSIDE_OF_NAMESPACES);
        return stranger ? machine.namespace(kind) : namespaces().getOrDefault(kind, "");
    }

    String cpus(ProcessConfig config) {
        return config.cpuAffinity()
                .flatMap(affinity -> affinity.last())
                .or(() -> usage.limits().cpu().cpus())
                .orElse("0-1");
    }

    Termination asInitTells(Termination termination) {
        boolean reaper = spec.process().initReaper();
        return reaper
                ? new Termination.Exited(fault.is(Wrong.INIT_FORGETS_SIGNALS) ? 0 : termination.shellCode())
                : termination;
    }

    void notifyListener() throws InterruptedException {
        SeccompNotice.send(this);
    }

    void spawn(SimulatedProcess parent) {
        List<Step> steps = Step.parse(List.of("line", "child ready", "hold"));
        SimulatedProcess child = new SimulatedProcess(
                this,
                parent.config(),
                steps,
                parent.stdio(),
                50 + processes.size(),
                parent.identity().pid());
        processes.add(child);
        child.trap(Signal.USR1, () -> {
            child.say("child caught\n");
            child.end(Ended.with(0));
        });
        child.startAsChild();
    }

    private void oom() {
        if (!fault.is(Wrong.TELLS_NOBODY_OF_AN_OOM_KILL)) {
            engine.events().tell(new ContainerEvent.OomKilled(id(), Instant.now(), usage.oomKills()));
        }
    }

    void broken(Throwable failure) {
        ending.broken(failure);
    }

    // --- its life ---

    void failAtStart() {
        startFails = true;
    }

    boolean failsAtStart() {
        return startFails;
    }

    void adopt(Engine next, Starts nextStarts) {
        engine = next;
        starts = nextStarts;
        attached = false;
    }

    void started() {
        startedAt = Instant.now();
        wasStarted = true;
        state = fault.is(Wrong.STATE_STAYS_CREATED) ? ContainerState.CREATED : ContainerState.RUNNING;
    }

    void setState(ContainerState value) {
        state = value;
    }

    /** Called by a process at its end, once. */
    void exited(SimulatedProcess process, Termination termination) {
        machine.died(process);
        processes.remove(process);
        if (process != init) {
            process.ended().complete(termination);
            return;
        }
        for (SimulatedProcess other : processes) {
            if (!fault.is(Wrong.LEAVES_CHILDREN)) {
                other.kill(new Termination.Signalled(Signal.KILL, false));
            }
        }
        Thread.ofVirtual().start(() -> conclude(process, termination));
    }

    private void conclude(SimulatedProcess process, Termination termination) {
        try {
            Throwable failure = attached ? process.stdio().drain() : null;
            ExitStatus status = statuses.ofContainer(termination, startedAt);
            state = ContainerState.EXITED;
            process.ended().complete(termination);
            if (wasStarted && !fault.is(Wrong.TELLS_NO_EXIT)) {
                engine.events().tell(new ContainerEvent.Exited(id(), Instant.now(), status));
            }
            ending.reached(status, failure);
        } catch (InterruptedException | RuntimeException e) {
            ending.failed(e);
        }
    }

    ExecStatus execStatus(SimulatedProcess process, Termination termination) {
        return statuses.ofExec(process, termination);
    }

    Traces traces() {
        return traces;
    }

    List<SimulatedProcess> processes() {
        return processes;
    }

    boolean isPaused() {
        return state == ContainerState.PAUSED;
    }

    void freeze(boolean value) {
        for (SimulatedProcess process : processes) {
            if (process == init || !fault.is(Wrong.PAUSES_INIT_ALONE)) {
                process.freeze(value && !fault.is(Wrong.PAUSES_NOTHING));
            }
        }
    }

    /** Kills everything and waits until it is gone. */
    void kill() {
        SimulatedProcess process = initProcess();
        process.kill(new Termination.Signalled(Signal.KILL, false));
        process.ended().join();
    }

    boolean isAttached() {
        return attached;
    }

    // --- Container ---

    @Override
    public ContainerId id() {
        return spec.id();
    }

    @Override
    public Command command() {
        return fault.is(Wrong.FORGETS_ITS_COMMAND)
                ? FieldEraser.erase(command, "annotations")
                : fault instanceof Fault.Ignoring(String path) && path.equals("annotations") ? spec : command;
    }

    @Override
    public ContainerState state() {
        return state;
    }

    @Override
    public ProcessIdentity init() {
        return fault.is(Wrong.FORGETS_ITS_INIT)
                ? new ProcessIdentity(1, 1)
                : initProcess().identity();
    }

    @Override
    public void start() {
        starts.start(this);
    }

    @Override
    public ExitStatus await() throws InterruptedException {
        if (fault.is(Wrong.INTERRUPTED_AWAIT_KILLS) && Thread.currentThread().isInterrupted()) {
            kill();
        }
        return ending.await();
    }

    @Override
    public Optional<ExitStatus> exitStatus() {
        return ending.status();
    }

    @Override
    public StartedProcess process() {
        return initProcess();
    }

    @Override
    public void attach(Pipes pipes) {
        starts.attach(this, pipes);
    }

    void attachStreams(Pipes pipes) {
        attached = true;
        initProcess().stdio().attach(pipes);
    }

    boolean hasEnded() {
        return ending.isKnown();
    }
}
