// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.trap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.Transcript;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Making a container and starting it, apart from each other. */
public interface CreateBehaviours {
    @Test
    @Needs(Feature.CREATE)
    default void aCreatedContainerWaitsForItsStart(Kit kit) throws Exception {
        Transcript out = kit.transcript();
        Container container = kit.create(kit.command(line("ran"), exit(5)), out);
        assertEquals(ContainerState.CREATED, container.state());
        assertTrue(kit.machine().isAlive(container.init()), "its init exists");
        kit.run(kit.command(line("another"))).succeeded();
        assertEquals("", out.toString(), "what it said before its start");
        container.start();
        assertEquals(new Termination.Exited(5), container.await().termination());
        assertEquals("ran\n", out.toString());
    }

    @Test
    @Needs(Feature.CREATE)
    default void aContainerGoesThroughItsStates(Kit kit) throws Exception {
        Transcript out = kit.transcript();
        Container container = kit.create(kit.command(line("ready"), hold()), out);
        assertEquals(ContainerState.CREATED, container.state());
        assertEquals(Optional.empty(), container.exitStatus());
        container.start();
        assertEquals(ContainerState.RUNNING, container.state());
        assertEquals("ready", out.line());
        kit.driver().kill(container.id(), Signal.KILL);
        ExitStatus status = container.await();
        assertEquals(ContainerState.EXITED, container.state());
        assertEquals(Optional.of(status), container.exitStatus());
        kit.driver().clean(container.id());
        assertEquals(ContainerState.CLEANED, container.state());
    }

    @Test
    @Needs(Feature.CREATE)
    @Observes("annotations")
    default void aContainerTellsOfWhatItWasMade(Kit kit) throws Exception {
        Command command = kit.command(line("x"))
                .annotation("org.example.key", "value of it")
                .build();
        Container container = kit.driver().create(command, Pipes.discard());
        assertEquals(command.id(), container.id());
        assertEquals(command, container.command());
        assertEquals(
                "value of it",
                kit.driver().container(command.id()).command().annotations().get("org.example.key"));
        assertEquals(container.init(), container.process().identity());
    }

    @Test
    @Needs(Feature.CREATE)
    default void aContainerStartsOnce(Kit kit) throws Exception {
        Container container = kit.create(kit.command(line("ready"), hold()), kit.transcript());
        container.start();
        assertRefused(ErrorKind.WRONG_STATE, List.of(container.id().value()), container::start);
        kit.driver().kill(container.id(), Signal.KILL);
        container.await();
        assertRefused(ErrorKind.WRONG_STATE, List.of(container.id().value()), container::start);
    }

    @Test
    @Needs(Feature.CREATE)
    default void manyMayAwaitTheSameEnd(Kit kit) throws Exception {
        Container container = kit.create(kit.command(exit(7)), kit.transcript());
        List<ExitStatus> seen = new CopyOnWriteArrayList<>();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            waiting.add(Thread.ofVirtual().start(() -> {
                try {
                    seen.add(container.await());
                } catch (InterruptedException interrupt) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        container.start();
        ExitStatus status = container.await();
        for (Thread thread : waiting) {
            assertTrue(thread.join(kit.patience()), "a thread still waits for the container's end");
        }
        assertEquals(Collections.nCopies(8, status), seen);
        assertEquals(status, container.await());
        assertEquals(new Termination.Exited(7), status.termination());
    }

    @Test
    @Needs(Feature.CREATE)
    default void interruptingAwaitLeavesTheContainer(Kit kit) throws Exception {
        Transcript out = kit.transcript();
        Container container = kit.create(kit.command(line("ready"), trap("USR1"), line("set"), hold()), out);
        container.start();
        assertEquals("ready", out.line());
        assertEquals("set", out.line());
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, container::await);
        assertEquals(ContainerState.RUNNING, container.state());
        assertTrue(kit.machine().isAlive(container.init()), "its init goes on");
    }

    @Test
    @Needs(Feature.CREATE)
    default void interruptingCreateLeavesNothing(Kit kit) {
        ContainerId id = kit.newId();
        Command.Builder command = kit.command(id, kit.process(line("x")));
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> kit.driver().create(command.build(), Pipes.discard()));
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().container(id));
    }

    @Test
    @Needs(Feature.CREATE)
    default void aCreatedContainerCanBeTerminated(Kit kit) throws Exception {
        Container container = kit.create(kit.command(line("never")), kit.transcript());
        kit.driver().terminate(container.id());
        assertFalse(kit.machine().isAlive(container.init()), "its init is left");
        kit.driver().clean(container.id());
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().container(container.id()));
    }

    @Test
    @Needs(Feature.CREATE)
    default void aCreatedContainerCanBeCleaned(Kit kit) throws Exception {
        Container container = kit.create(kit.command(line("never")), kit.transcript());
        kit.driver().clean(container.id());
        assertFalse(kit.machine().isAlive(container.init()), "its init is left");
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().container(container.id()));
    }

    @Test
    @Needs(Feature.CREATE)
    default void aCreatedContainerCanBeKilled(Kit kit) throws Exception {
        Container container = kit.create(kit.command(line("never")), kit.transcript());
        kit.driver().kill(container.id(), Signal.KILL);
        assertEquals(
                new Termination.Signalled(Signal.KILL, false), container.await().termination());
    }

    @Test
    @Needs(Feature.CREATE)
    default void anExitedContainerIsKeptUntilItIsCleaned(Kit kit) throws Exception {
        Container container = kit.create(kit.command(exit(9)), kit.transcript());
        container.start();
        container.await();
        assertEquals(
                List.of(container.id()),
                kit.driver().containers().stream().map(Container::id).toList());
        assertRefused(StandardErrorCode.NOT_RUNNING, () -> kit.driver().kill(container.id(), Signal.KILL));
        container.process().signal(Signal.TERM);
        assertRefused(
                StandardErrorCode.ID_TAKEN,
                () -> kit.create(kit.command(container.id(), kit.process(line("second"))), kit.transcript()));
        kit.driver().terminate(container.id());
        assertEquals(new Termination.Exited(9), container.await().termination());
        kit.driver().clean(container.id());
        kit.driver().clean(container.id());
    }

    @Test
    @Needs(Feature.CREATE)
    default void aFailedStartCleansTheContainer(Kit kit) {
        ContainerId id = kit.newId();
        assertThrows(
                LaunchException.class,
                () -> kit.driver()
                        .create(
                                kit.command(id, ProcessConfig.builder("/no/such/program"))
                                        .build(),
                                Pipes.discard())
                        .start());
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().container(id));
    }
}
