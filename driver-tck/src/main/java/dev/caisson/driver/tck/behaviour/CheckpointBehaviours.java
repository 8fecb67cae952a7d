// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.Kit.refusal;
import static dev.caisson.driver.tck.probe.Steps.hold;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.trap;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.Container;
import dev.caisson.driver.ContainerId;
import dev.caisson.driver.ContainerState;
import dev.caisson.driver.Feature;
import dev.caisson.driver.Signal;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.CheckpointOptions;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.RestoreOptions;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.pipes.Pipes;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Transcript;
import dev.caisson.driver.tck.machine.Facility;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Writing a container's state to a directory, and going on from it. */
public interface CheckpointBehaviours {
    @Test
    @Needs(
            value = {Feature.CHECKPOINT, Feature.CREATE},
            machine = Facility.CRIU)
    default void aContainerIsCheckpointedAndRestored(Kit kit) throws Exception {
        Path images = kit.newDirectory("images");
        Path root = kit.newRootfs();
        ContainerId id = kit.newId();
        Command command = kit.command(id, kit.process(trap("USR1"), line("ready"), hold()))
                .rootfs(Rootfs.directory(root))
                .build();
        Transcript before = kit.transcript();
        Container container = kit.driver().create(command, Pipes.output(before, before));
        container.start();
        assertEquals("ready", before.line());
        kit.driver().checkpoint(id, CheckpointOptions.into(images, false));
        container.await();
        kit.driver().clean(id);
        Transcript after = kit.transcript();
        Container restored = kit.driver().restore(command, Pipes.output(after, after), RestoreOptions.from(images));
        assertEquals(ContainerState.RUNNING, restored.state());
        kit.driver().kill(id, Signal.USR1);
        assertEquals("caught USR1", after.line());
        kit.driver().terminate(id);
    }

    @Test
    @Needs(
            value = {Feature.CHECKPOINT, Feature.CREATE},
            machine = Facility.CRIU)
    default void aCheckpointCanLeaveItsContainerRunning(Kit kit) throws Exception {
        Transcript out = kit.transcript();
        Container container = kit.create(kit.command(trap("USR1"), line("ready"), hold()), out);
        container.start();
        assertEquals("ready", out.line());
        kit.driver().checkpoint(container.id(), CheckpointOptions.into(kit.newDirectory("images"), true));
        assertEquals(ContainerState.RUNNING, container.state());
        kit.driver().kill(container.id(), Signal.USR1);
        assertEquals("caught USR1", out.line());
    }

    @Test
    @Needs(value = Feature.CHECKPOINT, toObserve = Facility.CRIU)
    default void aCheckpointNeedsARunningContainer(Kit kit) {
        assertRefused(
                StandardErrorCode.NO_SUCH_CONTAINER,
                () -> kit.driver().checkpoint(kit.newId(), CheckpointOptions.into(kit.newDirectory("images"), false)));
    }

    @Test
    @Needs(value = Feature.CHECKPOINT, toObserve = Facility.CRIU)
    default void aRestoreNeedsACheckpoint(Kit kit) {
        refusal(() -> kit.driver()
                .restore(
                        kit.command(line("x")).build(),
                        Pipes.discard(),
                        RestoreOptions.from(kit.newDirectory("empty"))));
    }
}
