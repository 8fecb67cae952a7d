// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Feature;
import dev.caisson.driver.StartCallback;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Live;
import dev.caisson.driver.tck.Needs;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that are interrupted at any step. */
public interface InterruptBehaviours {
    @Test
    default void runCanBeInterruptedAtEveryStep(Kit kit) throws Exception {
        int interrupted = Interruption.atEveryStep(kit, () -> {
            Command command = kit.command(line("x")).build();
            return () -> kit.driver().run(command, Pipes.discard(), StartCallback.NONE);
        });
        assertTrue(interrupted > 0, "not one of " + Interruption.ROUNDS + " runs was interrupted");
        assertEquals(List.of(), kit.driver().containers());
    }

    @Test
    default void runIsInterruptedBeforeItBegins(Kit kit) throws Exception {
        ContainerId id = kit.newId();
        Command command = kit.command(id, kit.process(line("x"))).build();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> kit.driver().run(command, Pipes.discard(), StartCallback.NONE));
        kit.run(kit.command(id, kit.process(line("x")))).succeeded();
    }

    @Test
    @Needs(Feature.CREATE)
    default void createCanBeInterruptedAtEveryStep(Kit kit) throws Exception {
        int interrupted = Interruption.atEveryStep(kit, () -> {
            Command command = kit.command(line("x")).build();
            return () -> {
                Container container = kit.driver().create(command, Pipes.discard());
                kit.driver().terminate(container.id());
                kit.driver().clean(container.id());
            };
        });
        assertTrue(interrupted > 0, "not one of " + Interruption.ROUNDS + " calls was interrupted");
        assertEquals(List.of(), kit.driver().containers());
    }

    @Test
    @Needs(Feature.EXEC)
    default void execCanBeInterruptedAtEveryStep(Kit kit) throws Exception {
        Live<ExitStatus> live = kit.start(kit.command(line("ready"), hold())).says("ready");
        int interrupted = Interruption.atEveryStep(
                kit,
                () -> () -> kit.driver()
                        .exec(live.id(), kit.process(line("x")).build(), Pipes.discard(), StartCallback.NONE));
        assertTrue(interrupted > 0, "not one of " + Interruption.ROUNDS + " execs was interrupted");
        assertEquals("still here", kit.execAnswer(live.id(), line("still here")));
    }
}
