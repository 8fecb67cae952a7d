// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.exit;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.readLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.LaunchException;
import dev.caisson.driver.Subscription;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.resources.Resources;
import dev.caisson.driver.tck.Events;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.machine.Limit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a driver tells its listeners. */
public interface EventBehaviours {
    private static List<String> kinds(Events events, ContainerId id) {
        return events.of(id).stream()
                .map(event -> event.getClass().getSimpleName())
                .toList();
    }

    /** A driver that runs a container in one step has nothing to tell of its creation, which then stands first if at all. */
    private static List<String> afterCreation(Events events, ContainerId id) {
        List<String> kinds = kinds(events, id);
        return kinds.get(0).equals("Created") ? kinds.subList(1, kinds.size()) : kinds;
    }

    @Test
    @Needs(Feature.EVENTS)
    default void aRunIsToldInOrder(Kit kit) throws Exception {
        Events events = kit.events();
        ContainerId id = kit.newId();
        kit.run(kit.command(id, kit.process(exit(4))));
        events.await(id, ContainerEvent.Cleaned.class);
        assertEquals(List.of("Started", "Exited", "Cleaned"), afterCreation(events, id));
        ContainerEvent.Exited exited = events.await(id, ContainerEvent.Exited.class);
        assertEquals(new Termination.Exited(4), exited.status().termination());
        List<Instant> times = events.of(id).stream().map(ContainerEvent::at).toList();
        assertEquals(times.stream().sorted().toList(), times);
    }

    @Test
    @Needs({Feature.EVENTS, Feature.CREATE})
    default void eventsTellTheInit(Kit kit) throws Exception {
        Events events = kit.events();
        Container container = kit.create(kit.command(line("x")), kit.transcript());
        assertEquals(
                container.process().identity(),
                events.await(container.id(), ContainerEvent.Created.class).init());
        container.start();
        assertEquals(
                container.process().identity(),
                events.await(container.id(), ContainerEvent.Started.class).init());
        container.await();
    }

    @Test
    @Needs({Feature.EVENTS, Feature.PAUSE})
    default void pausesAreTold(Kit kit) throws Exception {
        Events events = kit.events();
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        kit.driver().pause(live.id());
        kit.driver().unpause(live.id());
        events.await(live.id(), ContainerEvent.Unpaused.class);
        assertEquals(List.of("Started", "Paused", "Unpaused"), afterCreation(events, live.id()));
    }

    @Test
    @Needs({Feature.EVENTS, Feature.EXEC})
    default void execsAreTold(Kit kit) throws Exception {
        Events events = kit.events();
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        Live<ExecStatus> exec = kit.startExec(live.id(), kit.process(readLine(), exit(6)));
        exec.input().line("go");
        exec.await();
        ContainerEvent.ExecStarted started = events.await(live.id(), ContainerEvent.ExecStarted.class);
        ContainerEvent.ExecExited exited = events.await(live.id(), ContainerEvent.ExecExited.class);
        assertEquals(exec.process().identity(), started.process());
        assertEquals(exec.process().identity(), exited.process());
        assertEquals(new Termination.Exited(6), exited.status().termination());
    }

    @Test
    @Needs(
            value = {Feature.EVENTS, Feature.UPDATE, Feature.LIMIT_PIDS},
            limits = Limit.PIDS)
    default void updatesAreTold(Kit kit) throws Exception {
        Events events = kit.events();
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        kit.driver().update(live.id(), Resources.builder().pids(50).build());
        events.await(live.id(), ContainerEvent.Updated.class);
    }

    @Test
    @Needs(Feature.EVENTS)
    default void aFailedLaunchIsNoStart(Kit kit) throws Exception {
        Events events = kit.events();
        ContainerId failed = kit.newId();
        assertThrows(
                LaunchException.class, () -> kit.run(kit.command(failed, ProcessConfig.builder("/no/such/program"))));
        ContainerId next = kit.newId();
        kit.run(kit.command(next, kit.process(line("x"))));
        events.await(next, ContainerEvent.Cleaned.class);
        assertFalse(
                kinds(events, failed).contains("Started"),
                () -> kinds(events, failed).toString());
        assertFalse(
                kinds(events, failed).contains("Exited"),
                () -> kinds(events, failed).toString());
    }

    @Test
    @Needs(Feature.EVENTS)
    default void aSlowListenerDelaysNobody(Kit kit) throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        kit.subscribe(event -> awaitQuietly(gate));
        Events events = kit.events();
        try {
            ContainerId id = kit.newId();
            ExitStatus status =
                    kit.launch(kit.command(id, kit.process(line("x")))).await();
            assertEquals(new Termination.Exited(0), status.termination());
            events.await(id, ContainerEvent.Cleaned.class);
        } finally {
            gate.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException interrupt) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @Needs(Feature.EVENTS)
    default void aListenerThatThrowsKeepsItsPlace(Kit kit) throws Exception {
        Events events = new Events(kit.patience());
        ContainerId id = kit.newId();
        kit.subscribe(event -> {
            events.on(event);
            throw new IllegalStateException("thrown by a listener");
        });
        kit.run(kit.command(id, kit.process(line("x")))).succeeded();
        events.await(id, ContainerEvent.Cleaned.class);
        assertEquals(List.of("Started", "Exited", "Cleaned"), afterCreation(events, id));
    }

    @Test
    @Needs(Feature.EVENTS)
    default void aListenerIsToldOneEventAtATime(Kit kit) throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch gate = new CountDownLatch(1);
        Events late = new Events(kit.patience());
        kit.subscribe(event -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            awaitQuietly(gate);
            late.on(event);
            inside.decrementAndGet();
        });
        Events events = kit.events();
        List<Live<ExitStatus>> lives = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                lives.add(kit.launch(kit.command(line("x"))));
            }
            for (Live<ExitStatus> live : lives) {
                live.await();
                events.await(live.id(), ContainerEvent.Cleaned.class);
            }
        } finally {
            gate.countDown();
        }
        for (Live<ExitStatus> live : lives) {
            late.await(live.id(), ContainerEvent.Cleaned.class);
        }
        assertEquals(1, most.get(), "calls at one time");
    }

    @Test
    @Needs(Feature.EVENTS)
    default void aClosedSubscriptionGetsNothing(Kit kit) throws Exception {
        Events closed = new Events(kit.patience());
        Subscription subscription = kit.driver().subscribe(closed);
        subscription.close();
        subscription.close();
        Events open = kit.events();
        ContainerId id = kit.newId();
        kit.run(kit.command(id, kit.process(line("x"))));
        open.await(id, ContainerEvent.Cleaned.class);
        assertEquals(List.of(), closed.of(id));
    }
}
