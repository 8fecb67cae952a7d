// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.probe.Steps.attempt;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.Propagation;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.Outcome;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.probe.Deed;
import dev.caisson.driver.tck.probe.Fact;
import dev.caisson.driver.tck.probe.Probe;
import dev.caisson.driver.tck.probe.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Root filesystems. */
public interface RootfsBehaviours {
    @Test
    @Needs(Feature.ROOTFS_DIRECTORY)
    @Observes("rootfs.source(Directory).path")
    default void aDirectoryIsTheRoot(Kit kit) throws Exception {
        Path root = kit.newRootfs();
        Files.writeString(root.resolve("marker"), "this one");
        assertEquals(
                List.of("this one", "ok"),
                kit.answers(kit.command(show(Fact.FILE, "/marker"), attempt(Deed.WRITE, "/written", "by container"))
                        .rootfs(Rootfs.directory(root))));
        assertEquals("by container", Files.readString(root.resolve("written")));
    }

    @Test
    @Needs(Feature.ROOTFS_DIRECTORY)
    default void nothingOfTheHostIsSeen(Kit kit) throws Exception {
        Path outside = Files.writeString(kit.newDirectory("outside").resolve("file"), "of the host");
        String answer = kit.answer(
                kit.command(attempt(Deed.READ, outside.toString())).rootfs(Rootfs.directory(kit.newRootfs())));
        assertTrue(answer.startsWith("no "), answer);
    }

    @Test
    @Needs({Feature.ROOTFS_DIRECTORY, Feature.MOUNTS})
    @Observes("rootfs.readonly")
    default void aRootCanBeReadOnly(Kit kit) throws Exception {
        List<String> lines =
                kit.answers(kit.command(attempt(Deed.WRITE, "/written", "x"), attempt(Deed.WRITE, "/scratch/x", "x"))
                        .mount(Mount.tmpfs(ContainerPath.of("/scratch"), ByteSize.ofMib(1), 0777))
                        .rootfs(Rootfs.directory(kit.newRootfs()).withReadonly(true)));
        assertTrue(lines.get(0).contains("Read-only file system"), lines::toString);
        assertEquals("ok", lines.get(1));
    }

    @Test
    @Needs(Feature.ROOTFS_DIRECTORY)
    @Observes("rootfs.propagation")
    default void aRootHasItsPropagation(Kit kit) throws Exception {
        assertTrue(propagation(kit, Propagation.SHARED).contains("shared:"));
        assertEquals("unbindable", propagation(kit, Propagation.UNBINDABLE));
        assertEquals("", propagation(kit, Propagation.RPRIVATE));
    }

    private static String propagation(Kit kit, Propagation propagation) throws InterruptedException {
        return kit.answer(kit.command(show(Fact.MOUNT, "/"))
                        .rootfs(Rootfs.directory(kit.newRootfs()).withPropagation(propagation)))
                .split(";", -1)[1];
    }

    /** With pivot_root(2) nothing is under the root but the kernel's first one, which is empty or holds an initial ramdisk. */
    @Test
    @Needs({Feature.ROOTFS_DIRECTORY, Feature.CAPABILITIES})
    @Observes("rootfs.noPivot")
    default void aRootIsMovedWherePivotingIsForbidden(Kit kit) throws Exception {
        assertNotEquals(underRoot(kit, false), underRoot(kit, true));
    }

    private static String underRoot(Kit kit, boolean noPivot) throws InterruptedException {
        Rootfs root = new Rootfs(new Rootfs.Directory(kit.newRootfs()), false, Optional.empty(), noPivot);
        Outcome outcome = kit.run(kit.command(kit.process(show(Fact.UNDER_ROOT)).capabilities(Capabilities.all()))
                .security(Security.unconfined())
                .rootfs(root));
        return outcome.text() + outcome.errors();
    }

    @Test
    @Needs(value = Feature.ROOTFS_OVERLAY, machine = Facility.OVERLAY)
    @Observes({
        "rootfs.source(Overlay).layers",
        "rootfs.source(Overlay).writable.upper",
        "rootfs.source(Overlay).writable.work",
        "rootfs.source(Overlay).options"
    })
    default void layersAreTheRoot(Kit kit) throws Exception {
        Path bottom = kit.newRootfs();
        Path top = kit.newDirectory("top");
        Path upper = kit.newDirectory("upper");
        Path work = kit.newDirectory("work");
        Files.writeString(bottom.resolve("both"), "bottom");
        Files.writeString(bottom.resolve("below"), "bottom");
        Files.writeString(top.resolve("both"), "top");
        Rootfs.Overlay overlay = new Rootfs.Overlay(
                List.of(top, bottom), Optional.of(new Rootfs.WritableLayer(upper, work)), List.of("volatile"));
        List<String> lines = kit.answers(kit.command(
                        show(Fact.FILE, "/both"),
                        show(Fact.FILE, "/below"),
                        attempt(Deed.WRITE, "/below", "changed"),
                        show(Fact.FILE, "/below"),
                        show(Fact.MOUNT, "/"))
                .rootfs(new Rootfs(overlay, false, Optional.empty(), false)));
        assertEquals(List.of("top", "bottom", "ok", "changed"), lines.subList(0, 4));
        assertEquals("changed", Files.readString(upper.resolve("below")));
        assertEquals("bottom", Files.readString(bottom.resolve("below")));
        assertTrue(lines.get(4).contains(";overlay;"), lines::toString);
        assertTrue(lines.get(4).contains("volatile"), lines::toString);
        assertTrue(Files.exists(work.resolve("work")), "the kernel's own directory in " + work);
    }

    @Test
    @Needs(value = Feature.ROOTFS_OVERLAY, machine = Facility.OVERLAY)
    default void layersWithoutAWritableOneAreReadOnly(Kit kit) throws Exception {
        Path top = kit.newDirectory("top");
        Files.writeString(top.resolve("file"), "of the top");
        Rootfs.Overlay overlay = new Rootfs.Overlay(List.of(top, kit.newRootfs()), Optional.empty(), List.of());
        List<String> lines = kit.answers(kit.command(show(Fact.FILE, "/file"), attempt(Deed.WRITE, "/file", "x"))
                .rootfs(new Rootfs(overlay, false, Optional.empty(), false)));
        assertEquals("of the top", lines.get(0));
        assertTrue(lines.get(1).contains("Read-only file system"), lines::toString);
    }

    @Test
    @Needs(value = Feature.ROOTFS_HOST_COPY, machine = Facility.OVERLAY)
    @Observes("rootfs.source(HostCopy).limit")
    default void theHostsRootIsCopiedOnWrite(Kit kit) throws Exception {
        Path file = Files.writeString(kit.newDirectory("host").resolve("file"), "of the host");
        Step[] steps = {
            show(Fact.FILE, file.toString()),
            attempt(Deed.WRITE, file.toString(), "changed"),
            show(Fact.FILE, file.toString()),
            attempt(Deed.FILL, file + ".large", "4000000")
        };
        ProcessConfig.Builder process =
                ProcessConfig.builder(Probe.inline(List.of(steps))).env("PATH", ProcessConfig.DEFAULT_PATH);
        List<String> lines = kit.answers(kit.command(process)
                .rootfs(new Rootfs(new Rootfs.HostCopy(ByteSize.ofMib(2)), false, Optional.empty(), false)));
        assertEquals(List.of("of the host", "ok", "changed"), lines.subList(0, 3));
        assertTrue(lines.get(3).contains("No space left on device"), lines::toString);
        assertEquals("of the host", Files.readString(file));
        assertFalse(Files.exists(Path.of(file + ".large")), "a change came out of the container");
    }
}
