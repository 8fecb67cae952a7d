// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.Propagation;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.nativedriver.machine.MountTable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RootfsEntriesTest {
    private static final long REC = 1 << 14;
    private static final long PRIVATE = 1 << 18;
    private static final long SLAVE = 1 << 19;
    private static final long SHARED = 1 << 20;

    private static PlanDecoder decode(Rootfs rootfs, Mount... mounts) {
        return TestPlans.decode(
                TestPlans.bare().rootfs(rootfs).mounts(List.of(mounts)).build());
    }

    private static Rootfs directory() {
        return Rootfs.directory(Path.of("/srv/root"));
    }

    private static List<Long> propagation(EntryType type, PlanDecoder plan) {
        return plan.all(type).stream().map(PlanDecoder.Entry::u64).toList();
    }

    @Test
    void directoryWithAllThatCanBeSaid() {
        PlanDecoder plan =
                decode(new Rootfs(new Rootfs.Directory(Path.of("/r")), true, Optional.of(Propagation.SLAVE), true));
        assertEquals(List.of("/r"), plan.strings(EntryType.ROOT_BIND));
        assertTrue(plan.has(PlanFlag.ROOT_READONLY) && plan.has(PlanFlag.NO_PIVOT) && plan.has(PlanFlag.NEW_ROOT));
        assertEquals(List.of(SLAVE), propagation(EntryType.ROOT_FINAL_PROPAGATION, plan));
    }

    @Test
    void overlay() {
        PlanDecoder plan = decode(new Rootfs(
                new Rootfs.Overlay(
                        List.of(Path.of("/l/2"), Path.of("/l/1")),
                        Optional.of(new Rootfs.WritableLayer(Path.of("/u"), Path.of("/w"))),
                        List.of("index=off", "metacopy=on")),
                false,
                Optional.empty(),
                false));
        PlanDecoder.Entry overlay = plan.one(EntryType.ROOT_OVERLAY);
        assertEquals(List.of("/l/2", "/l/1"), overlay.strings());
        assertEquals("/u", overlay.string());
        assertEquals("/w", overlay.string());
        assertEquals("index=off,metacopy=on", overlay.string());
        overlay.end();
    }

    @Test
    void readonlyOverlay() {
        PlanDecoder.Entry overlay = decode(new Rootfs(
                        new Rootfs.Overlay(List.of(Path.of("/l")), Optional.empty(), List.of()),
                        false,
                        Optional.empty(),
                        false))
                .one(EntryType.ROOT_OVERLAY);
        assertEquals(List.of("/l"), overlay.strings());
        assertEquals("", overlay.string() + overlay.string() + overlay.string());
        overlay.end();
    }

    /** What all mounts of the new namespace are made first decides what a single one can be afterwards. */
    @Test
    void propagationOfTheWholeNamespace() {
        Mount shared = Mount.bind(Path.of("/x"), ContainerPath.of("/x")).withPropagation(Propagation.RSHARED);
        Mount slave = Mount.bind(Path.of("/y"), ContainerPath.of("/y")).withPropagation(Propagation.SLAVE);
        Rootfs privately = directory().withPropagation(Propagation.PRIVATE);
        assertEquals(List.of(), propagation(EntryType.ROOT_PROPAGATION, decode(directory())));
        assertEquals(List.of(), propagation(EntryType.ROOT_PROPAGATION, decode(directory(), slave)));
        assertEquals(List.of(), propagation(EntryType.ROOT_PROPAGATION, decode(privately, slave)));
        assertEquals(List.of(PRIVATE | REC), propagation(EntryType.ROOT_PROPAGATION, decode(privately)));
        assertEquals(List.of(SHARED | REC), propagation(EntryType.ROOT_PROPAGATION, decode(privately, shared)));
        assertEquals(
                List.of(SHARED | REC), propagation(EntryType.ROOT_PROPAGATION, decode(directory(), slave, shared)));
        Rootfs sharing = directory().withPropagation(Propagation.SHARED);
        assertEquals(List.of(SHARED | REC), propagation(EntryType.ROOT_PROPAGATION, decode(sharing)));
        assertEquals(List.of(SHARED), propagation(EntryType.ROOT_FINAL_PROPAGATION, decode(sharing)));
    }

    @Test
    void hostCopyShowsWhatTheHostShows() {
        PlanDecoder plan = decode(new Rootfs(new Rootfs.HostCopy(ByteSize.ofMib(1)), false, Optional.empty(), false));
        PlanDecoder.Entry copy = plan.one(EntryType.ROOT_HOST_COPY);
        assertEquals("mode=755,size=1048576", copy.string());
        List<String> overlays = copy.strings();
        copy.end();
        assertFalse(overlays.contains("/"));
        for (String place : overlays) {
            assertTrue(
                    MountTable.read(TestPlans.KERNEL).visible().stream()
                            .anyMatch(mount -> mount.mountPoint().equals(place)),
                    place);
            assertFalse(place.startsWith("/proc") || place.startsWith("/sys") || place.startsWith("/dev"), place);
        }
    }

    @Test
    void aMountOfTheContainerTakesThePlaceOfTheHosts() {
        List<String> places = MountTable.read(TestPlans.KERNEL).visible().stream()
                .map(mount -> mount.mountPoint())
                .filter(place -> !place.equals("/") && !place.matches("/(proc|sys|dev)(/.*)?"))
                .toList();
        for (String place : places) {
            Mount own = Mount.tmpfs(ContainerPath.of(place), ByteSize.ofMib(1), 0755, MountFlag.NOSUID);
            PlanDecoder plan = decode(Rootfs.hostCopy(), own);
            PlanDecoder.Entry copy = plan.one(EntryType.ROOT_HOST_COPY);
            assertEquals("mode=755,size=0", copy.string());
            assertFalse(copy.strings().contains(place));
        }
    }
}
