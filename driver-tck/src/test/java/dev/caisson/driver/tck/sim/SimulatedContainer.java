// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartedProcess;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.leak.Trace;
import dev.caisson.driver.tck.probe.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A container whose processes are threads. */
final class SimulatedContainer implements Container {
    private final SimulatedMachine machine;
    private final Fault fault;
    private final Command command;
    private final Command spec;
    private final Map<String, String> namespaces;
    private final Vfs files;
    private final Net network;
    private final Usage usage;
    private final Path scratch;
    private final String keyring;
    private final IdMappings idMappings;
    private final List<SimulatedProcess> processes = new CopyOnWriteArrayList<>();
    private final CompletableFuture<ExitStatus> exit = new CompletableFuture<>();
    private final AtomicReference<@Nullable Throwable> broken = new AtomicReference<>();
    private final AtomicBoolean awaited = new AtomicBoolean();
    private volatile BreakableDriver engine;
    private volatile ContainerState state = ContainerState.CREATED;
    private volatile Instant startedAt = Instant.now();
    private volatile @Nullable SimulatedProcess init;
    private volatile boolean attached = true;
    private volatile boolean startFails;
    private volatile boolean wasStarted;

    SimulatedContainer(BreakableDriver engine, Command command, Command spec, Parts parts) {
        this.engine = engine;
        this.machine = engine.machine();
        this.fault = engine.fault();
        this.command = command;
        this.spec = spec;
        this.namespaces = parts.namespaces();
        this.files = parts.files();
        this.network = parts.network();
        this.idMappings = parts.idMappings();
        this.scratch = parts.scratch();
        this.usage = new Usage(spec.resources(), this::oom);
        this.keyring = Long.toHexString(machine.nextNumber());
    }

    /** What it is made of. */
    record Parts(Map<String, String> namespaces, Vfs files, Net network, IdMappings idMappings, Path scratch) {}

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
        return files;
    }

    Net network() {
        return network;
    }

    Usage usage() {
        return usage;
    }

    Path scratch() {
        return scratch;
    }

    String keyring() {
        return keyring;
    }

    IdMappings idMappings() {
        return idMappings;
    }

    Map<String, String> namespaces() {
        return namespaces;
    }

    String namespace(String kind, SimulatedProcess process) {
        boolean stranger = process != init && fault.is(Wrong.EXECS_OUTSIDE_OF_NAMESPACES);
        return stranger ? machine.namespace(kind) : namespaces.getOrDefault(kind, "");
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
        broken.compareAndSet(null, failure);
    }

    // --- its life ---

    void failAtStart() {
        startFails = true;
    }

    boolean failsAtStart() {
        return startFails;
    }

    void adopt(BreakableDriver next) {
        engine = next;
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
            ExitStatus status = status(told(termination));
            state = ContainerState.EXITED;
            process.ended().complete(termination);
            if (wasStarted && !fault.is(Wrong.TELLS_NO_EXIT)) {
                engine.events().tell(new ContainerEvent.Exited(id(), Instant.now(), status));
            }
            Throwable cause = broken.get();
            if (cause != null) {
                exit.completeExceptionally(cause);
            } else if (failure != null && !(fault.is(Wrong.HIDES_OUTPUT_FAILURES))) {
                exit.completeExceptionally(new DriverException(
                        StandardErrorCode.STREAM_FAILED,
                        "carry its streams",
                        String.valueOf(failure.getMessage()),
                        "",
                        failure));
            } else {
                exit.complete(status);
            }
        } catch (InterruptedException | RuntimeException e) {
            exit.completeExceptionally(e);
        }
    }

    private Termination told(Termination termination) {
        return switch (termination) {
            case Termination.Exited exited
            when fault.is(Wrong.SMALL_INIT_ENDS_WITH_ZERO) && spec.process().initReaper() -> new Termination.Exited(0);
            case Termination.Exited exited
            when fault.is(Wrong.CUTS_EXIT_CODES) -> new Termination.Exited(exited.code() % 128);
            case Termination.Exited exited
            when fault.is(Wrong.CALLS_137_A_SIGNAL) && exited.code() == 137 ->
                new Termination.Signalled(Signal.KILL, false);
            case Termination.Signalled signalled
            when fault.is(Wrong.CALLS_A_SIGNAL_AN_EXIT) -> new Termination.Exited(signalled.shellCode());
            default -> termination;
        };
    }

    private ExitStatus status(Termination termination) {
        Instant finishedAt = Instant.now();
        boolean oom = usage.oomKills() > 0 && !fault.is(Wrong.FORGETS_OOM_KILLS);
        oom |= fault.is(Wrong.TAKES_EVERY_KILL_FOR_OOM) && termination instanceof Termination.Signalled;
        oom |= fault.is(Wrong.TAKES_EVERYTHING_FOR_OOM);
        oom &= !(fault.is(Wrong.SEES_OOM_OF_INIT_ALONE) && termination instanceof Termination.Exited);
        boolean swapped = fault.is(Wrong.SWAPS_TIMES);
        return new ExitStatus(
                termination,
                oom,
                swapped ? finishedAt.plusSeconds(5) : startedAt,
                swapped ? startedAt : finishedAt,
                spent());
    }

    private dev.caisson.driver.Usage spent() {
        return fault.is(Wrong.MEASURES_NOTHING)
                ? dev.caisson.driver.Usage.unknown()
                : new dev.caisson.driver.Usage(
                        usage.cpu(),
                        Duration.ZERO,
                        fault.is(Wrong.FORGETS_THE_PEAK) ? OptionalLong.empty() : OptionalLong.of(usage.peak()),
                        1 << 20,
                        OptionalLong.of(0),
                        fault.is(Wrong.FORGETS_WHAT_WAS_WRITTEN)
                                ? OptionalLong.empty()
                                : OptionalLong.of(usage.written()));
    }

    ExecStatus execStatus(SimulatedProcess process, Termination termination) {
        boolean forgets = fault.is(Wrong.MEASURES_NO_EXEC);
        return new ExecStatus(
                fault.is(Wrong.EXEC_CODE_OFF_BY_ONE) && termination instanceof Termination.Exited exited
                        ? new Termination.Exited((exited.code() + 1) % 256)
                        : termination,
                process.startedAt(),
                Instant.now(),
                forgets ? dev.caisson.driver.Usage.unknown() : spent());
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

    void release() {
        attached = true;
    }

    boolean isAttached() {
        return attached;
    }

    void traces(boolean there) {
        trace(Trace.Kind.CGROUP, there, fault.is(Wrong.LEAVES_CGROUPS));
        trace(Trace.Kind.MOUNT, there, fault.is(Wrong.LEAVES_MOUNTS));
        trace(Trace.Kind.DESCRIPTOR, there, fault.is(Wrong.LEAVES_DESCRIPTORS));
        trace(Trace.Kind.FILE, there, fault.is(Wrong.LEAVES_FILES));
        trace(Trace.Kind.NETWORK_LINK, there, fault.is(Wrong.LEAVES_LINKS));
    }

    private void trace(Trace.Kind kind, boolean there, boolean leave) {
        if (there) {
            machine.put(kind, "of " + id());
        } else if (!leave) {
            machine.remove(kind, "of " + id());
        }
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
        engine.start(this);
    }

    @Override
    public ExitStatus await() throws InterruptedException {
        try {
            if (fault.is(Wrong.INTERRUPTED_AWAIT_KILLS)
                    && Thread.currentThread().isInterrupted()) {
                kill();
            }
            if (fault.is(Wrong.AWAITS_ONCE) && !awaited.compareAndSet(false, true)) {
                throw new IllegalStateException("somebody else waits");
            }
            return exit.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException unchecked) {
                throw unchecked;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public Optional<ExitStatus> exitStatus() {
        return exit.isDone() && !exit.isCompletedExceptionally() ? Optional.of(exit.join()) : Optional.empty();
    }

    @Override
    public StartedProcess process() {
        return initProcess();
    }

    @Override
    public void attach(Pipes pipes) {
        engine.attach(this, pipes);
    }

    void attachStreams(Pipes pipes) {
        attached = true;
        initProcess().stdio().attach(pipes);
    }

    boolean hasEnded() {
        return exit.isDone();
    }
}
