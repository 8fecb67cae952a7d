// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.echo;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.show;
import static dev.caisson.driver.tck.probe.Steps.trap;
import static dev.caisson.driver.tck.probe.Steps.trapExit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.Driver;
import dev.caisson.driver.DriverContext;
import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.ProcessIdentity;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Termination;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.Feed;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Lasting;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Transcript;
import dev.caisson.driver.tck.probe.Fact;
import dev.caisson.driver.tck.probe.Step;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Containers that outlive the engine that made them. */
public interface RecoverBehaviours {
    private static DriverContext lasting(Kit kit) {
        return new DriverContext(kit.newDirectory("lasting"), DriverContext.Lifetime.LASTING);
    }

    private static Container launch(
            Kit kit, Driver driver, ContainerId id, InputStream input, Transcript out, Step... steps)
            throws InterruptedException {
        Container container =
                driver.create(kit.command(id, kit.process(steps)).build(), Pipes.streams(input, out, out));
        container.start();
        return container;
    }

    @Test
    @Lasting
    @Needs({Feature.RECOVER, Feature.CREATE, Feature.SIGNALS})
    default void aLastingContainerGoesOnWithoutItsEngine(Kit kit) throws Exception {
        DriverContext context = lasting(kit);
        Driver first = kit.open(context);
        Transcript before = kit.transcript();
        ContainerId id = kit.newId();
        Container made = launch(kit, first, id, new Feed(), before, trap("USR1"), line("ready"), hold());
        assertEquals("ready", before.line());
        ProcessIdentity init = made.init();
        first.close();
        assertTrue(kit.machine().isAlive(init), "it goes on after its engine has closed");
        Driver second = kit.open(context);
        assertEquals(List.of(id), second.recover().stream().map(Container::id).toList());
        assertEquals(List.of(id), second.recover().stream().map(Container::id).toList());
        Container found = second.container(id);
        assertEquals(ContainerState.RUNNING, found.state());
        assertEquals(init, found.init());
        assertEquals(made.command().process().args(), found.command().process().args());
        Transcript after = kit.transcript();
        found.attach(Pipes.output(after, after));
        second.kill(id, Signal.USR1);
        assertEquals("caught USR1", after.line());
        second.kill(id, Signal.KILL);
        assertEquals(
                new Termination.Signalled(Signal.KILL, false), found.await().termination());
        second.clean(id);
        assertEquals(List.of(), second.recover());
    }

    @Test
    @Lasting
    @Needs({Feature.RECOVER, Feature.CREATE})
    default void nothingThatWasWrittenMeanwhileIsLost(Kit kit) throws Exception {
        DriverContext context = lasting(kit);
        Driver first = kit.open(context);
        Transcript before = kit.transcript();
        ContainerId id = kit.newId();
        Container made = launch(kit, first, id, new Feed(), before, trap("USR1"), line("ready"), hold());
        assertEquals("ready", before.line());
        ProcessIdentity init = made.init();
        first.close();
        kit.machine().signal(init, Signal.USR1);
        Driver second = kit.open(context);
        Transcript after = kit.transcript();
        second.container(id).attach(Pipes.output(after, after));
        assertEquals("caught USR1", after.line());
        assertEquals("ready\n", before.toString());
        second.terminate(id);
        second.container(id).await();
        assertEquals("caught USR1\n", after.toString());
        second.clean(id);
    }

    @Test
    @Lasting
    @Needs({Feature.RECOVER, Feature.CREATE})
    default void anEndMeanwhileIsKnownAfterwards(Kit kit) throws Exception {
        DriverContext context = lasting(kit);
        Driver first = kit.open(context);
        Transcript before = kit.transcript();
        ContainerId id = kit.newId();
        Container made = launch(kit, first, id, new Feed(), before, trapExit("USR1", 47), line("ready"), hold());
        assertEquals("ready", before.line());
        ProcessIdentity init = made.init();
        first.close();
        kit.machine().signal(init, Signal.USR1);
        Driver second = kit.open(context);
        ExitStatus status = second.container(id).await();
        assertEquals(new Termination.Exited(47), status.termination());
        assertEquals(ContainerState.EXITED, second.container(id).state());
        second.clean(id);
    }

    @Test
    @Lasting
    @Needs({Feature.RECOVER, Feature.CREATE})
    default void aRecoveredContainerIsFed(Kit kit) throws Exception {
        DriverContext context = lasting(kit);
        Driver first = kit.open(context);
        Transcript before = kit.transcript();
        Feed firstInput = new Feed();
        ContainerId id = kit.newId();
        launch(kit, first, id, firstInput, before, echo());
        firstInput.line("one");
        assertEquals("heard one", before.line());
        first.close();
        Driver second = kit.open(context);
        Transcript after = kit.transcript();
        Feed secondInput = new Feed();
        second.container(id).attach(Pipes.streams(secondInput, after, after));
        secondInput.line("two");
        assertEquals("heard two", after.line());
        secondInput.end();
        assertEquals(new Termination.Exited(0), second.container(id).await().termination());
        second.clean(id);
    }

    @Test
    @Lasting
    @Needs({Feature.RECOVER, Feature.CREATE})
    default void attachingTwiceIsRefused(Kit kit) throws Exception {
        Container container = kit.create(kit.command(line("ready"), hold()), kit.transcript());
        assertRefused(ErrorKind.WRONG_STATE, List.of(container.id().value()), () -> container.attach(Pipes.discard()));
    }

    @Test
    @Lasting
    @Needs({Feature.RECOVER, Feature.CREATE, Feature.PAUSE})
    default void aPausedContainerIsRecoveredPaused(Kit kit) throws Exception {
        DriverContext context = lasting(kit);
        Driver first = kit.open(context);
        ContainerId id = kit.newId();
        launch(kit, first, id, new Feed(), kit.transcript(), line("ready"), hold());
        first.pause(id);
        first.close();
        Driver second = kit.open(context);
        assertEquals(ContainerState.PAUSED, second.container(id).state());
        second.unpause(id);
        second.terminate(id);
        second.clean(id);
    }

    @Test
    @Lasting
    @Needs({Feature.RECOVER, Feature.CREATE, Feature.EXEC})
    default void aRecoveredContainerTakesExecs(Kit kit) throws Exception {
        DriverContext context = lasting(kit);
        Driver first = kit.open(context);
        Transcript before = kit.transcript();
        ContainerId id = kit.newId();
        launch(kit, first, id, new Feed(), before, show(Fact.NAMESPACE, "mnt"), hold());
        String namespace = before.line();
        first.close();
        Driver second = kit.open(context);
        Transcript out = kit.transcript();
        second.exec(id, kit.process(show(Fact.NAMESPACE, "mnt")).build(), Pipes.output(out, out), StartCallback.NONE);
        assertEquals(namespace, out.line());
        second.terminate(id);
        second.clean(id);
    }

    @Test
    @Lasting
    @Needs(Feature.RECOVER)
    default void aNewStateRootHoldsNothing(Kit kit) throws Exception {
        assertEquals(List.of(), kit.driver().recover());
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        Driver other = kit.open(lasting(kit));
        assertEquals(List.of(), other.recover());
        assertEquals(List.of(), other.containers());
        assertEquals(live.id(), kit.driver().container(live.id()).id());
    }

    @Test
    @Lasting
    @Needs(Feature.RECOVER)
    default void aStateRootHasOneEngine(Kit kit) {
        DriverContext context = lasting(kit);
        kit.driver().recover();
        kit.open(context);
        assertRefused(ErrorKind.WRONG_STATE, List.of(context.stateRoot().toString()), () -> kit.open(context));
    }
}
