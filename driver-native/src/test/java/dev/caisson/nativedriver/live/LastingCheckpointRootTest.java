// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.live;

import static dev.caisson.nativedriver.live.Checkpoints.COUNTER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.pipes.Pipes;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Restored containers that outlive their engine. */
@Timeout(60)
class LastingCheckpointRootTest {
    private LiveDriver live;
    private Checkpoints checkpoints;

    @BeforeEach
    void open() throws Exception {
        live = LiveDriver.lasting();
        checkpoints = new Checkpoints(live);
    }

    @AfterEach
    void close() throws Exception {
        live.close();
    }

    @Test
    void theNextEngineTakesItOver() throws Exception {
        Command command = live.shell("lasting", COUNTER);
        checkpoints.write(command);
        Lines lines = new Lines();
        Container restored = checkpoints.restore(command, Pipes.combined(lines));
        ProcessIdentity init = restored.init();
        int last = lines.nextNumber();
        live.reopen();
        Container recovered = live.driver().recover().get(0);
        assertEquals(ContainerState.RUNNING, recovered.state());
        assertEquals(init, recovered.init());
        Lines more = new Lines();
        recovered.attach(Pipes.combined(more));
        int next = more.nextNumber();
        assertTrue(next > last, next + " after " + last);
        assertEquals(next + 1, more.nextNumber());
        checkpoints.tell(recovered, "exit 7");
        assertEquals(new Termination.Exited(7), recovered.await().termination());
    }

    @Test
    void aRecoveredOneIsWritten() throws Exception {
        Command command = live.shell("recovered", COUNTER);
        Lines lines = new Lines();
        checkpoints.start(command, Pipes.combined(lines), lines);
        live.reopen();
        live.driver().recover();
        live.driver().checkpoint(command.id(), CheckpointOptions.into(checkpoints.images(), false));
        live.driver().clean(command.id());
        Lines after = new Lines();
        checkpoints.restore(command, Pipes.combined(after));
        assertTrue(after.nextNumber() > 3);
    }

    @Test
    void itsTerminalOutlivesTheEngine() throws Exception {
        Command command = Command.builder(live.id("terminal"))
                .process(
                        live.process("sh", "-c", "stty -echo; echo begun; while read line; do echo \"got $line\"; done")
                                .terminal(true)
                                .build())
                .rootfs(Rootfs.directory(live.rootfs()))
                .build();
        Lines before = new Lines();
        Container container =
                live.driver().create(command, Pipes.terminal(new PipedInputStream(new PipedOutputStream()), before));
        container.start();
        assertEquals("begun", before.next());
        live.driver().checkpoint(command.id(), CheckpointOptions.into(checkpoints.images(), false));
        live.driver().clean(command.id());
        checkpoints.restore(command, Pipes.terminal(new PipedInputStream(new PipedOutputStream()), new Lines()));
        live.reopen();
        Container recovered = live.driver().recover().get(0);
        Lines after = new Lines();
        PipedOutputStream typed = new PipedOutputStream();
        recovered.attach(Pipes.terminal(new PipedInputStream(typed), after));
        typed.write("hello\n".getBytes(StandardCharsets.UTF_8));
        typed.flush();
        assertEquals("got hello", after.next());
    }
}
