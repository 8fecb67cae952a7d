// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import static dev.caisson.driver.tck.sim.Engine.doing;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.probe.Step;
import java.time.Instant;
import java.util.List;

/** Runs further processes in simulated containers. */
final class Execs {
    private final Engine engine;
    private final Fault fault;

    Execs(Engine engine) {
        this.engine = engine;
        this.fault = engine.fault();
    }

    ExecStatus exec(ContainerId id, ProcessConfig process, Pipes pipes, StartCallback onStart)
            throws InterruptedException {
        String doing = doing("exec in", id);
        engine.needs(doing, Feature.EXEC);
        engine.checkMistakes(doing, "process", process);
        engine.checks().checkProcess(doing, process);
        if (fault.is(Wrong.EXECS_IN_NOBODY) && !engine.root().containers().containsKey(id)) {
            return new ExecStatus(
                    new Termination.Exited(0), Instant.now(), Instant.now(), dev.caisson.driver.Usage.unknown());
        }
        SimulatedContainer container = engine.requireRunning(doing, id);
        if (container.isPaused() && !fault.is(Wrong.EXECS_IN_PAUSED_ONES)) {
            throw new DriverException(StandardErrorCode.PAUSED, doing, "it is paused", "unpause it");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException(doing);
        }
        ProcessConfig merged =
                ExecConfig.merge(container.spec().process(), Misread.within("process", process, fault), fault);
        List<Step> steps = Programs.load(container, merged);
        Stdio stdio = Stdio.open(engine.machine(), fault, doing, pipes);
        long pid = engine.machine().nextNumber();
        SimulatedProcess started = new SimulatedProcess(container, merged, steps, stdio, pid, 0);
        container.processes().add(started);
        started.start();
        engine.events().tell(new ContainerEvent.ExecStarted(id, Instant.now(), started.identity()));
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
                engine.events()
                        .tell(new ContainerEvent.ExecExited(container.id(), Instant.now(), started.identity(), status));
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
}
