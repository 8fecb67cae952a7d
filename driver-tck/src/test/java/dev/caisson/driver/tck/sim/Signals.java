// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import static dev.caisson.driver.tck.sim.Engine.doing;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.Feature;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import java.time.Instant;
import java.util.stream.Stream;

/** Signals and freezes simulated containers. */
final class Signals {
    private final Engine engine;
    private final Fault fault;

    Signals(Engine engine) {
        this.engine = engine;
        this.fault = engine.fault();
    }

    void signal(String doing, ContainerId id, Signal signal, boolean all) {
        if (!signal.equals(Signal.KILL)) {
            engine.needs(doing, Feature.SIGNALS);
        }
        if (fault.is(Wrong.SIGNALS_NOBODY) && !engine.root().containers().containsKey(id) && !engine.isClosed()) {
            return;
        }
        SimulatedContainer container = engine.require(doing, id);
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

    void pause(ContainerId id) {
        String doing = doing("pause", id);
        engine.needs(doing, Feature.PAUSE);
        SimulatedContainer container = engine.requireRunning(doing, id);
        if (container.isPaused() && !fault.is(Wrong.PAUSES_TWICE)) {
            throw new DriverException(StandardErrorCode.PAUSED, doing, "it is paused already", "unpause it");
        }
        container.freeze(true);
        container.setState(ContainerState.PAUSED);
        if (!fault.is(Wrong.TELLS_NO_PAUSE)) {
            engine.events().tell(new ContainerEvent.Paused(id, Instant.now()));
        }
    }

    void unpause(ContainerId id) {
        String doing = doing("unpause", id);
        engine.needs(doing, Feature.PAUSE);
        SimulatedContainer container = engine.require(doing, id);
        if (!container.isPaused() && !fault.is(Wrong.UNPAUSES_WHAT_RUNS)) {
            throw new DriverException(StandardErrorCode.NOT_PAUSED, doing, "it is not paused", "");
        }
        container.setState(ContainerState.RUNNING);
        container.freeze(false);
        engine.events().tell(new ContainerEvent.Unpaused(id, Instant.now()));
    }
}
