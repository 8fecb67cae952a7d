// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import static dev.caisson.driver.tck.sim.Engine.doing;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.stream.Stream;

/** Ends and cleans simulated containers. */
final class Removal {
    private final Engine engine;
    private final Fault fault;

    Removal(Engine engine) {
        this.engine = engine;
        this.fault = engine.fault();
    }

    void terminate(ContainerId id) {
        engine.checkOpen(doing("terminate", id));
        SimulatedContainer container = engine.root().containers().get(id);
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

    void clean(ContainerId id) {
        engine.checkOpen(doing("clean", id));
        SimulatedContainer container = engine.root().containers().get(id);
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

    void remove(SimulatedContainer container) {
        container.kill();
        container.initProcess().ended().join();
        cleanNow(container);
    }

    private void cleanNow(SimulatedContainer container) {
        if (!engine.root().containers().remove(container.id(), container)) {
            return;
        }
        if (fault.is(Wrong.LEAVES_PROCESSES)) {
            engine.machine().born(container.initProcess());
        }
        container.traces().remove();
        container.network().close();
        engine.machine().forgetLoad();
        removeTree(container.scratch());
        container.setState(ContainerState.CLEANED);
        new HookRunner(container).runLate(container.spec().hooks().poststop(), "stopped");
        if (!fault.is(Wrong.TELLS_NO_CLEANING)) {
            engine.events().tell(new ContainerEvent.Cleaned(container.id(), Instant.now()));
        }
    }

    static void waitForEnd(SimulatedContainer container) {
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
}
