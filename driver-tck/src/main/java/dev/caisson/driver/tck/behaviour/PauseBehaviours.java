// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.echo;
import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.Termination;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Freezing a container and letting it go on. */
public interface PauseBehaviours {
    private static Live<ExitStatus> echoing(Kit kit) throws InterruptedException {
        Live<ExitStatus> live = kit.start(kit.command(echo()));
        live.input().line("a");
        return live.says("heard a");
    }

    @Test
    @Needs(Feature.PAUSE)
    default void aPausedContainerDoesNothing(Kit kit) throws Exception {
        Live<ExitStatus> live = echoing(kit);
        kit.driver().pause(live.id());
        assertEquals(ContainerState.PAUSED, kit.driver().container(live.id()).state());
        live.input().line("b");
        kit.run(kit.command(line("meanwhile"))).succeeded();
        assertFalse(live.out().hasLine(), "it answered although it was paused");
        kit.driver().unpause(live.id());
        live.says("heard b");
        assertEquals(ContainerState.RUNNING, kit.driver().container(live.id()).state());
    }

    @Test
    @Needs({Feature.PAUSE, Feature.EXEC})
    default void pauseReachesExecs(Kit kit) throws Exception {
        Live<ExitStatus> live = echoing(kit);
        Live<ExecStatus> exec = kit.startExec(live.id(), kit.process(echo()));
        exec.input().line("a");
        exec.says("heard a");
        kit.driver().pause(live.id());
        exec.input().line("b");
        kit.run(kit.command(line("meanwhile"))).succeeded();
        assertFalse(exec.out().hasLine(), "it answered although it was paused");
        kit.driver().unpause(live.id());
        exec.says("heard b");
    }

    @Test
    @Needs(Feature.PAUSE)
    default void pausingTwiceIsRefused(Kit kit) throws Exception {
        Live<ExitStatus> live = echoing(kit);
        kit.driver().pause(live.id());
        assertRefused(StandardErrorCode.PAUSED, () -> kit.driver().pause(live.id()));
    }

    @Test
    @Needs(Feature.PAUSE)
    default void unpausingWhatRunsIsRefused(Kit kit) throws Exception {
        Live<ExitStatus> live = echoing(kit);
        assertRefused(StandardErrorCode.NOT_PAUSED, () -> kit.driver().unpause(live.id()));
    }

    @Test
    @Needs({Feature.PAUSE, Feature.SIGNALS})
    default void aPausedContainerTakesNoSignalButKill(Kit kit) throws Exception {
        Live<ExitStatus> live = echoing(kit);
        kit.driver().pause(live.id());
        assertRefused(StandardErrorCode.PAUSED, () -> kit.driver().kill(live.id(), Signal.TERM));
        assertRefused(ErrorKind.WRONG_STATE, List.of(), () -> live.process().signal(Signal.TERM));
        kit.driver().kill(live.id(), Signal.KILL);
        assertEquals(new Termination.Signalled(Signal.KILL, false), live.await().termination());
    }

    @Test
    @Needs({Feature.PAUSE, Feature.EXEC})
    default void aPausedContainerTakesNoExec(Kit kit) throws Exception {
        Live<ExitStatus> live = echoing(kit);
        kit.driver().pause(live.id());
        assertRefused(StandardErrorCode.PAUSED, () -> kit.exec(live.id(), kit.process(line("x"))));
        kit.driver().unpause(live.id());
        kit.exec(live.id(), kit.process(exit(0))).ended(0);
    }

    @Test
    @Needs(Feature.PAUSE)
    default void aPausedContainerCanBeTerminated(Kit kit) throws Exception {
        Live<ExitStatus> live = echoing(kit);
        kit.driver().pause(live.id());
        kit.driver().terminate(live.id());
        assertEquals(new Termination.Signalled(Signal.KILL, false), live.await().termination());
    }

    @Test
    @Needs(Feature.PAUSE)
    default void interruptingRunEndsAPausedContainer(Kit kit) throws Exception {
        Live<ExitStatus> live = echoing(kit);
        kit.driver().pause(live.id());
        live.thread().interrupt();
        assertThrows(InterruptedException.class, live::await);
        assertFalse(kit.machine().isAlive(live.process().identity()), "it is left");
    }

    @Test
    @Needs({Feature.PAUSE, Feature.CREATE})
    default void pauseNeedsARunningContainer(Kit kit) throws Exception {
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().pause(kit.newId()));
        assertRefused(StandardErrorCode.NO_SUCH_CONTAINER, () -> kit.driver().unpause(kit.newId()));
        Container container = kit.create(kit.command(exit(0)), kit.transcript());
        container.start();
        container.await();
        assertRefused(StandardErrorCode.NOT_RUNNING, () -> kit.driver().pause(container.id()));
    }
}
