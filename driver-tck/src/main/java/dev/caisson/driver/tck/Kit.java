// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerListener;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartedProcess;
import dev.caisson.driver.Subscription;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Namespaces;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.pipes.Input;
import dev.caisson.driver.pipes.Output;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.leak.Marks;
import dev.caisson.driver.tck.machine.Fixture;
import dev.caisson.driver.tck.machine.Machine;
import dev.caisson.driver.tck.probe.Step;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;

/** What a behaviour works with: a driver that was opened for it, and containers that run the probe. Thread-safe. */
public final class Kit {
    private static final AtomicInteger CONTAINERS = new AtomicInteger();

    private final Driver driver;
    private final Function<DriverContext, Driver> opener;
    private final DriverContext context;
    private final Machine machine;
    private final Workshop workshop;
    private final Marks marks;
    private final Measures measures;
    private final Baseline baseline;
    private final List<Live<?>> lives = Collections.synchronizedList(new ArrayList<>());
    private final List<ContainerId> ids = Collections.synchronizedList(new ArrayList<>());
    private final List<Subscription> subscriptions = Collections.synchronizedList(new ArrayList<>());
    private final List<Fixture> fixtures = Collections.synchronizedList(new ArrayList<>());
    private final Map<Driver, DriverContext> further = Collections.synchronizedMap(new LinkedHashMap<>());

    Kit(
            Driver driver,
            Function<DriverContext, Driver> opener,
            DriverContext context,
            Machine machine,
            Workshop workshop,
            Marks marks,
            String token,
            Measures measures) {
        this.driver = driver;
        this.opener = opener;
        this.context = context;
        this.machine = machine;
        this.workshop = workshop;
        this.marks = marks;
        this.measures = measures;
        this.baseline = new Baseline(driver.features(), token, workshop.newRootfs());
    }

    /** Returns the driver under test. */
    public Driver driver() {
        return driver;
    }

    /** Returns true if the driver says that it has a feature. */
    public boolean has(Feature feature) {
        return driver.features().contains(feature);
    }

    /** Returns what lies under the driver. */
    public Machine machine() {
        return machine;
    }

    /** Returns how long something may take that should come at once. */
    public Duration patience() {
        return measures.patience();
    }

    /** Returns how many bytes are to be put through a stream. */
    public long volume() {
        return measures.volume();
    }

    /** Returns the context with which the driver was opened. */
    public DriverContext context() {
        return context;
    }

    /** Returns a name that no container had yet. */
    public ContainerId newId() {
        ContainerId id = ContainerId.of("tck-" + ProcessHandle.current().pid() + "-" + CONTAINERS.incrementAndGet());
        marks.word(id.value());
        ids.add(id);
        return id;
    }

    /** Returns a new empty directory of the host. */
    public Path newDirectory(String name) {
        return workshop.newDirectory(name);
    }

    /** Returns a path of the host where nothing is. */
    public Path newAbsence(String name) {
        return newDirectory("without").resolve(name);
    }

    /** Returns a new root filesystem with busybox and the probe; the plain containers of a behaviour share another one. */
    public Path newRootfs() {
        return workshop.newRootfs();
    }

    /** Returns the namespaces of a plain container. */
    public Namespaces namespaces() {
        return baseline.namespaces();
    }

    /** Returns the process that takes these steps. */
    public ProcessConfig.Builder process(Step... steps) {
        return baseline.process(Arrays.asList(steps));
    }

    /** Returns a container that takes these steps, and is plain otherwise. */
    public Command.Builder command(Step... steps) {
        return command(process(steps));
    }

    /** Returns a container with that process, which is plain otherwise. */
    public Command.Builder command(ProcessConfig.Builder process) {
        return baseline.command(newId(), process.build());
    }

    /** Returns a container with that name and process, which is plain otherwise. */
    public Command.Builder command(ContainerId id, ProcessConfig.Builder process) {
        return baseline.command(id, process.build());
    }

    /** Runs a container without input to its end. */
    public Outcome run(Command.Builder command) throws InterruptedException {
        return run(command, new byte[0]);
    }

    /** Runs a container with that input to its end. */
    public Outcome run(Command.Builder command, byte[] input) throws InterruptedException {
        Transcript out = transcript();
        Transcript err = transcript();
        ExitStatus status = driver.run(command.build(), pipes(input, out, err), this::remember);
        return new Outcome(status.termination(), out.bytes(), err.bytes());
    }

    private static Pipes pipes(byte[] input, Transcript out, Transcript err) {
        return input.length == 0 ? Pipes.output(out, err) : Pipes.streams(new ByteArrayInputStream(input), out, err);
    }

    /** Runs a container, fails unless it ends with 0 and without complaint, and returns the one line that it said. */
    public String answer(Command.Builder command) throws InterruptedException {
        List<String> answers = answers(command);
        assertEquals(1, answers.size(), () -> "one line was asked for: " + answers);
        return answers.get(0);
    }

    /** Runs a container, fails unless it ends with 0 and without complaint, and returns the lines that it said. */
    public List<String> answers(Command.Builder command) throws InterruptedException {
        return run(command).succeeded().lines();
    }

    /** Runs a container in another thread and returns when it was started; it is fed and read as it goes on. */
    public Live<ExitStatus> start(Command.Builder command) throws InterruptedException {
        return launch(command).awaitStart();
    }

    /** Runs a container in another thread. */
    public Live<ExitStatus> launch(Command.Builder builder) {
        Command command = builder.build();
        Feed input = new Feed();
        Transcript out = transcript();
        Transcript err = transcript();
        return keep(new Live<>(
                command.id(),
                patience(),
                input,
                out,
                err,
                onStart -> driver.run(command, Pipes.streams(input, out, err), process -> {
                    remember(process);
                    onStart.started(process);
                })));
    }

    /** Runs a container in another thread with pipes of the caller's; what it says isn't kept. */
    public Live<ExitStatus> launch(Command.Builder builder, Pipes pipes) {
        Command command = builder.build();
        return keep(new Live<>(
                command.id(),
                patience(),
                new Feed(),
                transcript(),
                transcript(),
                onStart -> driver.run(command, pipes, process -> {
                    remember(process);
                    onStart.started(process);
                })));
    }

    /** Runs a container in another thread as soon as a gate opens. */
    public Live<ExitStatus> launchAt(CountDownLatch gate, Command command) {
        Feed input = new Feed();
        Transcript out = transcript();
        return keep(new Live<>(command.id(), patience(), input, out, out, onStart -> {
            gate.await();
            return driver.run(command, Pipes.streams(input, out, out), process -> {
                remember(process);
                onStart.started(process);
            });
        }));
    }

    /** Runs a further process in a container to its end. */
    public Outcome exec(ContainerId id, ProcessConfig.Builder process) throws InterruptedException {
        Transcript out = transcript();
        Transcript err = transcript();
        ExecStatus status = driver.exec(id, process.build(), Pipes.output(out, err), started -> {});
        return new Outcome(status.termination(), out.bytes(), err.bytes());
    }

    /** Runs a further process, fails unless it ends with 0 and without complaint, and returns the one line that it said. */
    public String execAnswer(ContainerId id, Step... steps) throws InterruptedException {
        List<String> lines = exec(id, process(steps)).succeeded().lines();
        assertEquals(1, lines.size(), () -> "one line was asked for: " + lines);
        return lines.get(0);
    }

    /** Runs a further process in another thread and returns when it was started. */
    public Live<ExecStatus> startExec(ContainerId id, ProcessConfig.Builder process) throws InterruptedException {
        Feed input = new Feed();
        Transcript out = transcript();
        Transcript err = transcript();
        ProcessConfig config = process.build();
        return keep(new Live<>(
                        id,
                        patience(),
                        input,
                        out,
                        err,
                        onStart -> driver.exec(id, config, Pipes.streams(input, out, err), onStart)))
                .awaitStart();
    }

    /** Makes a container whose process isn't started yet, with its output in a transcript. */
    public Container create(Command.Builder command, Transcript out) throws InterruptedException {
        Container container = driver.create(
                command.build(),
                new Pipes.Streams(new Input.Empty(), new Output.ToStream(out), new Output.SameAsStdout(), List.of()));
        remember(container.process());
        return container;
    }

    /** Tells a listener what happens until the behaviour's end. */
    public void subscribe(ContainerListener listener) {
        subscriptions.add(driver.subscribe(listener));
    }

    /** Returns a listener that is told what happens from now on. */
    public Events events() {
        Events events = new Events(patience());
        subscribe(events);
        return events;
    }

    /** Returns an empty transcript. */
    public Transcript transcript() {
        return new Transcript(patience());
    }

    /** Keeps something that was made on the machine until the behaviour's containers have ended. */
    public void use(Fixture fixture) {
        fixtures.add(fixture);
    }

    /** Opens a driver on another state root, or on the same one again; it is closed at the behaviour's end. */
    public Driver open(DriverContext other) {
        marks.directory(other.stateRoot());
        Driver opened = opener.apply(other);
        further.put(opened, other);
        return opened;
    }

    /**
     * Fails unless an action ends in an exception of the driver's, and returns it. If the driver lacks a feature, that comes
     * before everything else: such a refusal goes on.
     */
    public static DriverException refusal(Executable action) {
        DriverException refusal = assertThrows(DriverException.class, action);
        if (refusal.kind() == ErrorKind.UNSUPPORTED) {
            throw refusal;
        }
        return refusal;
    }

    /** Fails unless an action ends in an exception of the driver's with that code, and returns it. */
    public static DriverException assertRefused(StandardErrorCode code, Executable action) {
        DriverException refusal = refusal(action);
        assertEquals(code, refusal.code(), () -> "the code of: " + refusal.getMessage());
        return refusal;
    }

    /** Fails unless an action ends in an exception of the driver's of that kind whose message names all these. */
    public static DriverException assertRefused(ErrorKind kind, List<String> named, Executable action) {
        return assertRefused(Set.of(kind), named, action);
    }

    /** Fails unless an action ends in an exception of the driver's of one of these kinds whose message names all these. */
    public static DriverException assertRefused(Set<ErrorKind> kinds, List<String> named, Executable action) {
        DriverException refusal = refusal(action);
        assertTrue(
                kinds.contains(refusal.kind()), () -> "one of " + kinds + ", not " + refusal.kind() + ": " + refusal);
        String message = String.valueOf(refusal.getMessage());
        named.forEach(name -> assertTrue(message.contains(name), () -> "\"" + name + "\" in: " + message));
        return refusal;
    }

    private void remember(StartedProcess process) {
        machine.mark(process.identity(), marks);
    }

    private <S> Live<S> keep(Live<S> live) {
        lives.add(live);
        return live;
    }

    /** Ends every container that still runs, before the behaviour's own end. */
    public void endAll() {
        List<Live<?>> open = List.copyOf(lives);
        open.reversed().forEach(Live::close);
    }

    /** Ends what still goes on. After a behaviour that went well that is nothing but what it left to the kit. */
    void finish() {
        endAll();
        List.copyOf(subscriptions).forEach(Subscription::close);
        List.copyOf(further.keySet()).forEach(Driver::close);
        further.values().stream()
                .filter(opened -> opened.lifetime() == DriverContext.Lifetime.LASTING)
                .distinct()
                .forEach(this::empty);
        removeAll();
        List.copyOf(fixtures).reversed().forEach(Fixture::close);
    }

    /** A behaviour may have closed the driver, which has removed everything then. */
    private void removeAll() {
        try {
            driver.containers().stream()
                    .map(Container::id)
                    .filter(ids::contains)
                    .forEach(id -> remove(driver, id));
        } catch (DriverException refusal) {
            if (refusal.code() != StandardErrorCode.DRIVER_CLOSED) {
                throw refusal;
            }
        }
    }

    private static void remove(Driver from, ContainerId id) {
        from.terminate(id);
        from.clean(id);
    }

    /** Ends what a behaviour left to lasting drivers. */
    private void empty(DriverContext lasting) {
        Driver last = opener.apply(lasting);
        last.containers().forEach(container -> remove(last, container.id()));
        last.close();
    }

    /** Throws what a call in another thread has thrown. */
    static RuntimeException rethrow(@Nullable Throwable failure) throws InterruptedException {
        switch (failure) {
            case null -> throw new IllegalStateException("a call failed without a reason");
            case InterruptedException interrupt -> throw interrupt;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            default -> throw new IllegalStateException(failure);
        }
    }
}
