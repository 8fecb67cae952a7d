// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import static dev.caisson.driver.tck.sim.Engine.doing;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.Feature;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.RestoreOptions;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.probe.Verb;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;

/** Keeps simulated containers and brings them back. */
final class Checkpoints {
    private final Engine engine;
    private final Fault fault;
    private final Starts starts;

    Checkpoints(Engine engine, Starts starts) {
        this.engine = engine;
        this.fault = engine.fault();
        this.starts = starts;
    }

    void checkpoint(ContainerId id, CheckpointOptions options) {
        String doing = doing("checkpoint", id);
        engine.needs(doing, Feature.CHECKPOINT);
        engine.checks().checkCheckpoints(doing);
        if (fault.is(Wrong.CHECKPOINTS_NOBODY) && !engine.root().containers().containsKey(id)) {
            return;
        }
        SimulatedContainer container = engine.requireRunning(doing, id);
        try {
            Files.writeString(options.imageDirectory().resolve("image"), id.value());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        if (!options.leaveRunning() || fault.is(Wrong.CHECKPOINTS_END_THEIR_CONTAINER)) {
            container.kill();
            Removal.waitForEnd(container);
        }
    }

    Container restore(Command command, Pipes pipes, RestoreOptions options) throws InterruptedException {
        String doing = doing("restore", command.id());
        engine.needs(doing, Feature.CHECKPOINT);
        engine.checks().checkCheckpoints(doing);
        if (!Files.exists(options.imageDirectory().resolve("image")) && !fault.is(Wrong.RESTORES_FROM_NOTHING)) {
            throw new DriverException(
                    StandardErrorCode.INVALID_ARGUMENT, doing, options.imageDirectory() + " holds no checkpoint", "");
        }
        SimulatedContainer container = starts.make(command, pipes);
        container.initProcess().goOnAfter(Verb.LINE, fault.is(Wrong.RESTORES_FROM_THE_BEGINNING));
        starts.start(container);
        container.initProcess().awaitHold();
        return container;
    }
}
