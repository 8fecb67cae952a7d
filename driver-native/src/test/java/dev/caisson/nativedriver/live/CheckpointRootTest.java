// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.Feature;
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.RestoreOptions;
import dev.caisson.driver.pipes.Pipes;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checkpoints with the CRIU of this machine. */
class CheckpointRootTest {
    private static final String COUNTER = "i=0; while :; do i=$((i+1)); echo $i; sleep 0.05; done";

    private LiveDriver live;

    @BeforeEach
    void open() throws Exception {
        live = LiveDriver.tied();
        Assumptions.assumeTrue(
                live.driver().features().contains(Feature.CHECKPOINT), "needs criu 3.19 or later in PATH");
    }

    @AfterEach
    void close() throws Exception {
        live.close();
    }

    @Test
    void aCounterGoesOnCounting() throws Exception {
        Path images = Files.createTempDirectory("images");
        Command command = live.shell("counter", COUNTER);
        Lines before = new Lines();
        Container container = live.driver().create(command, Pipes.output(before, before));
        container.start();
        for (int i = 1; i <= 3; i++) {
            assertEquals(Integer.toString(i), before.next());
        }
        live.driver().checkpoint(command.id(), CheckpointOptions.into(images, false));
        assertEquals(ContainerState.EXITED, container.state());
        live.driver().clean(command.id());
        Lines after = new Lines();
        Container restored = live.driver().restore(command, Pipes.output(after, after), RestoreOptions.from(images));
        assertEquals(ContainerState.RUNNING, restored.state());
        int next = after.nextNumber();
        assertTrue(next > 3, "it began anew: " + next);
        assertEquals(Integer.toString(next + 1), after.next());
    }
}
