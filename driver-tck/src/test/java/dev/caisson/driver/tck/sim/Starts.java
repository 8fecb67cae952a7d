// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import static dev.caisson.driver.tck.sim.Engine.doing;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Hooks;
import dev.caisson.driver.command.NamespaceChoice;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.probe.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes simulated containers and starts them. */
final class Starts {
    private final Engine engine;
    private final Fault fault;
    private final Removal removal;

    Starts(Engine engine, Removal removal) {
        this.engine = engine;
        this.fault = engine.fault();
        this.removal = removal;
    }

    ExitStatus run(Command command, Pipes pipes, StartCallback onStart) throws InterruptedException {
        SimulatedContainer container = make(command, pipes);
        try {
            start(container);
            tellOfStart(container, onStart);
            ExitStatus status = container.await();
            if (!fault.is(Wrong.FORGETS_TO_CLEAN)) {
                removal.clean(container.id());
            }
            return status;
        } catch (InterruptedException | RuntimeException | Error failure) {
            if (!(failure instanceof InterruptedException && fault.is(Wrong.INTERRUPT_LEAVES_CONTAINERS))
                    && engine.root().containers().containsKey(container.id())) {
                removal.remove(container);
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

    Container create(Command command, Pipes pipes) throws InterruptedException {
        engine.needs(doing("create", command.id()), Feature.CREATE);
        SimulatedContainer container = make(command, pipes);
        if (fault.is(Wrong.STARTS_WHAT_IS_CREATED)) {
            container.initProcess().start();
        }
        return container;
    }

    SimulatedContainer make(Command command, Pipes pipes) throws InterruptedException {
        String doing = doing("create", command.id());
        engine.checkOpen(doing);
        if (Thread.interrupted() && !fault.is(Wrong.BEGINS_ALTHOUGH_INTERRUPTED)) {
            throw new InterruptedException(doing);
        }
        engine.checks().check(doing, command);
        checkTerminal(doing, command.process(), pipes);
        synchronized (engine.root()) {
            if (engine.root().containers().containsKey(command.id()) && !fault.is(Wrong.TAKES_THE_SAME_ID_TWICE)) {
                throw new DriverException(
                        StandardErrorCode.ID_TAKEN, doing, "there is one of that name", "name it otherwise");
            }
            if (engine.root().containers().size() >= 32 && fault.is(Wrong.HOLDS_FEW_AT_ONE_TIME)) {
                throw new DriverException(StandardErrorCode.LAUNCH_FAILED, doing, "there are enough", "wait");
            }
            Stdio stdio = Stdio.open(engine.machine(), fault, doing, pipes);
            SimulatedContainer container = new Launch(engine, this, command).make();
            boolean own = container.spec().namespaces().pid() instanceof NamespaceChoice.Private;
            boolean host = container.spec().namespaces().pid() instanceof NamespaceChoice.Host;
            List<Step> steps = new ArrayList<>();
            long pid = host ? 0 : own ? (container.spec().process().initReaper() ? 2 : 1) : 100;
            SimulatedProcess init =
                    new SimulatedProcess(container, container.spec().process(), steps, stdio, pid, 1);
            container.init(init);
            container.traces().make();
            engine.root().containers().put(container.id(), container);
            hooks(container, "creating");
            try {
                steps.addAll(Programs.load(container, container.spec().process()));
            } catch (RuntimeException failure) {
                container.failAtStart();
            }
            if (!fault.is(Wrong.TELLS_NO_CREATION)) {
                engine.events().tell(new ContainerEvent.Created(container.id(), Instant.now(), container.init()));
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
                removal.remove(container);
                throw failure;
            }
        }
    }

    private void checkTerminal(String doing, ProcessConfig process, Pipes pipes) {
        boolean fits = process.terminal() == pipes instanceof Pipes.Terminal;
        if (!fits && !fault.is(Wrong.TAKES_A_TERMINAL_WITHOUT_PIPES)) {
            if (pipes instanceof Pipes.Terminal) {
                engine.needs(doing, Feature.TTY);
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
        engine.checkOpen(doing);
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
                    removal.remove(container);
                }
                throw failure;
            }
        }
        if (container.state() == ContainerState.CREATED) {
            container.started();
            engine.events().tell(new ContainerEvent.Started(container.id(), Instant.now(), container.init()));
            container.initProcess().start();
        }
        new HookRunner(container).runLate(container.spec().hooks().poststart(), "running");
    }

    void attach(SimulatedContainer container, Pipes pipes) {
        engine.needs(doing("attach to", container.id()), Feature.RECOVER);
        if (container.isAttached() && !fault.is(Wrong.ATTACHES_TWICE)) {
            throw new DriverException(
                    StandardErrorCode.NOT_CREATED, doing("attach to", container.id()), "its streams are connected", "");
        }
        container.attachStreams(pipes);
    }
}
