// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.allocate;
import static dev.caisson.driver.tck.probe.Steps.allocateInChild;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.readLine;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ContainerEvent;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.Termination;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.driver.tck.Events;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Transcript;
import dev.caisson.driver.tck.machine.Limit;
import dev.caisson.driver.tck.probe.Step;
import java.io.OutputStream;
import org.junit.jupiter.api.Test;

/** What a memory limit does, and that it is told. */
public interface OomBehaviours {
    private static Command.Builder limited(Kit kit, Step... steps) {
        return limited(kit, kit.newId(), steps);
    }

    @Test
    @Needs(
            value = {Feature.LIMIT_MEMORY, Feature.OOM},
            limits = Limit.MEMORY)
    default void theMemoryLimitKillsAndIsTold(Kit kit) throws Exception {
        ExitStatus status =
                kit.driver().run(limited(kit, allocate(200L << 20)).build(), Pipes.discard(), StartCallback.NONE);
        assertTrue(status.oomKilled(), status::toString);
        assertEquals(137, status.shellCode());
    }

    @Test
    @Needs(
            value = {Feature.LIMIT_MEMORY, Feature.OOM},
            limits = Limit.MEMORY)
    default void anOomKillOfAChildIsTold(Kit kit) throws Exception {
        Transcript out = kit.transcript();
        ExitStatus status = kit.driver()
                .run(
                        limited(kit, allocateInChild(200L << 20), line("parent lives"))
                                .build(),
                        Pipes.output(out, OutputStream.nullOutputStream()),
                        StartCallback.NONE);
        assertEquals("child ended 137\nparent lives\n", out.toString());
        assertEquals(new Termination.Exited(0), status.termination());
        assertTrue(status.oomKilled(), status::toString);
    }

    @Test
    @Needs(
            value = {Feature.LIMIT_MEMORY, Feature.OOM, Feature.EVENTS},
            limits = Limit.MEMORY)
    default void anOomKillIsAnEvent(Kit kit) throws Exception {
        Events events = kit.events();
        ContainerId id = kit.newId();
        Live<ExitStatus> live = kit.start(limited(kit, id, allocateInChild(200L << 20), readLine()));
        ContainerEvent.OomKilled event = events.await(id, ContainerEvent.OomKilled.class);
        assertTrue(event.kills() >= 1, event::toString);
        live.input().line("go");
        assertTrue(live.await().oomKilled(), "the exit status tells of it too");
    }

    private static Command.Builder limited(Kit kit, ContainerId id, Step... steps) {
        return kit.command(id, kit.process(steps))
                .resources(limits -> limits.memory(MemoryLimits.builder()
                        .limit(ByteSize.ofMib(32))
                        .swap(
                                kit.machine().lacks(Limit.MEMORY_SWAP).isPresent()
                                        ? ByteSize.UNLIMITED
                                        : ByteSize.ofMib(32))
                        .build()));
    }

    @Test
    @Needs(
            value = {Feature.LIMIT_MEMORY, Feature.OOM},
            limits = Limit.MEMORY)
    default void whatKeepsToItsLimitIsNotOomKilled(Kit kit) throws Exception {
        ExitStatus status =
                kit.driver().run(limited(kit, allocate(4L << 20)).build(), Pipes.discard(), StartCallback.NONE);
        assertFalse(status.oomKilled(), status::toString);
        assertEquals(new Termination.Exited(0), status.termination());
    }

    @Test
    @Needs(
            value = {Feature.LIMIT_MEMORY, Feature.OOM},
            limits = Limit.MEMORY)
    default void aKillIsNoOomKill(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(limited(kit, line("ready"), hold())).says("ready");
        kit.driver().kill(live.id(), Signal.KILL);
        assertFalse(live.await().oomKilled(), () -> live.out().toString());
    }
}
