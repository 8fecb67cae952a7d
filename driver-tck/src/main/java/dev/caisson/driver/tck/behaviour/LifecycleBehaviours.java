// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.burn;
import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.readLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.StartedProcess;
import dev.caisson.driver.Termination;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Observes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** From the start of a container to its last trace, by {@code run} alone. */
public interface LifecycleBehaviours {
    @Test
    @Observes("process.args")
    default void runReturnsTheExitCode(Kit kit) throws Exception {
        for (int code : List.of(0, 1, 42, 255)) {
            kit.run(kit.command(exit(code))).ended(code);
        }
    }

    @Test
    default void runTellsOfTheStartExactlyOnce(Kit kit) throws Exception {
        List<StartedProcess> told = new ArrayList<>();
        kit.driver().run(kit.command(line("x")).build(), Pipes.discard(), told::add);
        assertEquals(1, told.size(), "how often the start was told of");
    }

    @Test
    default void aStartedProcessIsOfThisHost(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(readLine()));
        assertTrue(kit.machine().isAlive(live.process().identity()), "it runs while it waits for input");
        live.input().line("go");
        live.await();
        assertFalse(kit.machine().isAlive(live.process().identity()), "it runs after run has returned");
    }

    @Test
    default void whatTheStartCallbackThrowsEndsTheContainer(Kit kit) {
        IllegalStateException thrown = new IllegalStateException("thrown by the callback");
        ContainerId id = kit.newId();
        assertSame(
                thrown,
                assertThrows(
                        IllegalStateException.class,
                        () -> kit.driver()
                                .run(kit.command(id, kit.process(hold())).build(), Pipes.discard(), process -> {
                                    throw thrown;
                                })));
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().container(id));
    }

    @Test
    default void anExitStatusTellsTheTimes(Kit kit) throws Exception {
        Instant before = Instant.now();
        ExitStatus status = kit.driver().run(kit.command(burn(1000)).build(), Pipes.discard(), process -> {});
        Instant after = Instant.now();
        assertFalse(status.startedAt().isBefore(before.minusMillis(1)), () -> status + " started before " + before);
        assertFalse(status.finishedAt().isBefore(status.startedAt()), () -> status + " finished before its start");
        assertFalse(status.finishedAt().isAfter(after.plusMillis(1)), () -> status + " finished after " + after);
    }

    @Test
    default void anExitStatusTellsTheUsage(Kit kit) throws Exception {
        ExitStatus status = kit.driver().run(kit.command(burn(100_000)).build(), Pipes.discard(), process -> {});
        Duration cpu = status.usage().userCpu().plus(status.usage().systemCpu());
        assertTrue(cpu.compareTo(Duration.ofMillis(5)) > 0, () -> "100000 turns cost more than " + cpu);
        assertTrue(
                cpu.compareTo(status.elapsed()
                                .multipliedBy(kit.machine().processors())
                                .plusMillis(50))
                        < 0,
                () -> "more processor time than there was: " + status);
        assertTrue(status.usage().maxResident() > 4096, () -> "the largest resident set in bytes: " + status.usage());
    }

    @Test
    default void aContainerIsForgottenAfterRun(Kit kit) throws Exception {
        ContainerId id = kit.newId();
        kit.run(kit.command(id, kit.process(line("x"))));
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().container(id));
        assertEquals(List.of(), kit.driver().containers());
    }

    @Test
    @Observes("id")
    default void aRunningContainerIsListed(Kit kit) throws Exception {
        ContainerId first = kit.newId();
        ContainerId second = kit.newId();
        Live<ExitStatus> later = kit.start(kit.command(second, kit.process(hold())));
        Live<ExitStatus> sooner = kit.start(kit.command(first, kit.process(hold())));
        List<ContainerId> expected = List.of(first, second).stream().sorted().toList();
        assertEquals(
                expected, kit.driver().containers().stream().map(Container::id).toList());
        Container held = kit.driver().container(first);
        assertEquals(sooner.process().identity(), held.init());
        later.close();
        assertEquals(
                List.of(first),
                kit.driver().containers().stream().map(Container::id).toList());
    }

    @Test
    default void killEndsAContainer(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        kit.driver().kill(live.id(), Signal.KILL);
        assertEquals(new Termination.Signalled(Signal.KILL, false), live.await().termination());
        assertEquals(128 + 9, live.await().shellCode());
    }

    @Test
    default void terminateReturnsWhenAllIsGone(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        kit.driver().terminate(live.id());
        assertFalse(kit.machine().isAlive(live.process().identity()), "it runs after terminate has returned");
        assertEquals(new Termination.Signalled(Signal.KILL, false), live.await().termination());
        kit.driver().terminate(live.id());
    }

    @Test
    default void terminateAndCleanTakeWhatIsNotThere(Kit kit) {
        kit.driver().terminate(kit.newId());
        kit.driver().clean(kit.newId());
    }

    @Test
    default void cleanRefusesARunningContainer(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        assertRefused(StandardErrorCode.STILL_RUNNING, () -> kit.driver().clean(live.id()));
        assertTrue(kit.machine().isAlive(live.process().identity()), "it runs after the refusal");
    }

    @Test
    @Observes("id")
    default void anIdIsTakenWhileItsContainerIsHeld(Kit kit) throws Exception {
        ContainerId id = kit.newId();
        Live<ExitStatus> live = kit.start(kit.command(id, kit.process(line("ready"), readLine())))
                .says("ready");
        assertRefused(StandardErrorCode.ID_TAKEN, () -> kit.run(kit.command(id, kit.process(line("second")))));
        live.input().line("go");
        live.says("heard go").await();
        kit.run(kit.command(id, kit.process(line("third")))).succeeded();
    }

    @Test
    default void aNewcomerIsRefusedWhatIsNotThere(Kit kit) {
        ContainerId id = kit.newId();
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().container(id));
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().kill(id, Signal.KILL));
    }

    @Test
    default void interruptingRunEndsTheContainer(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        live.thread().interrupt();
        assertThrows(InterruptedException.class, live::await);
        assertFalse(kit.machine().isAlive(live.process().identity()), "it runs after run was interrupted");
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().container(live.id()));
    }

    @Test
    default void closingATiedDriverEndsItsContainers(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        kit.driver().close();
        assertFalse(kit.machine().isAlive(live.process().identity()), "it runs after the driver was closed");
    }

    @Test
    default void aClosedDriverRefusesEverything(Kit kit) {
        kit.driver().close();
        kit.driver().close();
        assertRefused(StandardErrorCode.DRIVER_CLOSED, () -> kit.run(kit.command(line("x"))));
        assertRefused(StandardErrorCode.DRIVER_CLOSED, () -> kit.driver().containers());
        assertRefused(StandardErrorCode.DRIVER_CLOSED, () -> kit.driver().container(kit.newId()));
        assertRefused(StandardErrorCode.DRIVER_CLOSED, () -> kit.driver().kill(kit.newId(), Signal.KILL));
        assertRefused(StandardErrorCode.DRIVER_CLOSED, () -> kit.driver().terminate(kit.newId()));
        assertRefused(StandardErrorCode.DRIVER_CLOSED, () -> kit.driver().clean(kit.newId()));
    }

    @Test
    default void aDriverHasANameAndItsFeaturesNeverChange(Kit kit) throws Exception {
        assertFalse(kit.driver().name().isBlank(), "it has a name");
        assertEquals(kit.driver().features(), kit.driver().features());
        kit.run(kit.command(line("x")));
        assertEquals(kit.driver().features(), kit.driver().features());
    }
}
