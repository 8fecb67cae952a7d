// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import static dev.caisson.driver.tck.Kit.assertRefused;
import static dev.caisson.driver.tck.probe.Steps.attempt;
import static dev.caisson.driver.tck.probe.Steps.line;
import static dev.caisson.driver.tck.probe.Steps.show;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.ErrorKind;
import dev.caisson.driver.Feature;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Defaults;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.driver.command.Propagation;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.tck.Kit;
import dev.caisson.driver.tck.Needs;
import dev.caisson.driver.tck.Observes;
import dev.caisson.driver.tck.machine.Facility;
import dev.caisson.driver.tck.probe.Deed;
import dev.caisson.driver.tck.probe.Fact;
import dev.caisson.driver.tck.probe.Step;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Mounts of every kind. */
public interface MountBehaviours {
    private static ContainerPath path(String text) {
        return ContainerPath.of(text);
    }

    private static String[] mount(Kit kit, Mount mount) throws InterruptedException {
        return kit.answer(kit.command(show(Fact.MOUNT, mount.target().value())).mount(mount))
                .split(";", -1);
    }

    @Test
    @Needs(Feature.MOUNTS)
    @Observes({"mounts.kind(Bind).source", "mounts.target"})
    default void aDirectoryOfTheHostIsBound(Kit kit) throws Exception {
        Path source = kit.newDirectory("source");
        Files.writeString(source.resolve("file"), "of the host");
        assertEquals(
                List.of("of the host", "ok"),
                kit.answers(kit.command(
                                show(Fact.FILE, "/made/for/it/file"),
                                attempt(Deed.WRITE, "/made/for/it/new", "by container"))
                        .mount(Mount.bind(source, path("/made/for/it")))));
        assertEquals("by container", Files.readString(source.resolve("new")));
    }

    @Test
    @Needs(Feature.MOUNTS)
    @Observes({"mounts.kind(Bind).source", "mounts.target"})
    default void aFileOfTheHostIsBound(Kit kit) throws Exception {
        Path source = Files.writeString(kit.newDirectory("source").resolve("file"), "of the host");
        assertEquals(
                "of the host",
                kit.answer(kit.command(show(Fact.FILE, "/etc/bound")).mount(Mount.bind(source, path("/etc/bound")))));
    }

    @Test
    @Needs(value = Feature.MOUNTS, toObserve = Facility.HOST_MOUNTS)
    @Observes("mounts.kind(Bind).recursive")
    default void whatIsMountedBelowComesAlongIfAsked(Kit kit) throws Exception {
        Path source = kit.newDirectory("source");
        Path below = Files.createDirectory(source.resolve("below"));
        kit.use(kit.machine().mountTmpfs(below, "size=1m"));
        Mount recursive = Mount.bind(source, path("/bound"));
        Mount single = new Mount(
                new Mount.Bind(source, false),
                path("/bound"),
                MountFlags.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of());
        assertTrue(kit.answer(kit.command(show(Fact.MOUNT, "/bound/below")).mount(recursive))
                .contains(";tmpfs;"));
        assertEquals(
                "", kit.answer(kit.command(show(Fact.MOUNT, "/bound/below")).mount(single)));
    }

    @Test
    @Needs(Feature.MOUNTS)
    @Observes({"mounts.kind(Tmpfs).size", "mounts.kind(Tmpfs).mode"})
    default void memoryIsMounted(Kit kit) throws Exception {
        Mount tmpfs = Mount.tmpfs(path("/memory"), ByteSize.ofMib(1), 01750);
        List<String> lines = kit.answers(kit.command(
                        show(Fact.MOUNT, "/memory"),
                        show(Fact.STAT, "/memory"),
                        attempt(Deed.FILL, "/memory/file", "2000000"))
                .mount(tmpfs));
        assertTrue(lines.get(0).contains(";tmpfs;"), lines::toString);
        assertEquals("directory;1750;0:0;0:0", lines.get(1));
        assertTrue(lines.get(2).startsWith("no "), lines::toString);
    }

    @Test
    @Needs({Feature.MOUNTS, Feature.ROOTFS_DIRECTORY})
    @Observes("mounts.kind(Tmpfs).copyUp")
    default void memoryBeginsWithACopyIfAsked(Kit kit) throws Exception {
        Path root = kit.newRootfs();
        Files.createDirectories(root.resolve("data/inner"));
        Files.writeString(root.resolve("data/inner/file"), "of the root");
        assertEquals(
                "of the root",
                kit.answer(kit.command(show(Fact.FILE, "/data/inner/file"))
                        .rootfs(Rootfs.directory(root))
                        .mount(tmpfs(true))));
        assertEquals(
                "",
                kit.answer(kit.command(show(Fact.LIST, "/data"))
                        .rootfs(Rootfs.directory(root))
                        .mount(tmpfs(false))));
    }

    private static Mount tmpfs(boolean copyUp) {
        return new Mount(
                new Mount.Tmpfs(Optional.of(ByteSize.ofMib(1)), OptionalInt.empty(), copyUp),
                path("/data"),
                MountFlags.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                List.of());
    }

    @Test
    @Needs(Feature.MOUNTS)
    @Observes({"mounts.kind(Filesystem).type", "mounts.kind(Filesystem).source", "mounts.data"})
    default void aFilesystemOfTheKernelIsMounted(Kit kit) throws Exception {
        String[] mount = mount(
                kit,
                new Mount(
                        new Mount.Filesystem("tmpfs", "by-this-name"),
                        path("/kernel"),
                        MountFlags.of(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        List.of("nr_inodes=77", "mode=0711")));
        assertEquals("tmpfs", mount[2]);
        assertEquals("by-this-name", mount[3]);
        assertTrue(mount[4].contains("nr_inodes=77"), mount[4]);
        assertTrue(mount[4].contains("mode=711"), mount[4]);
    }

    @Test
    @Needs(Feature.MOUNTS)
    @Observes({"mounts.kind(Content).content", "mounts.kind(Content).mode"})
    default void aFileWithContentIsMounted(Kit kit) throws Exception {
        Mount content = Mount.content(path("/etc/told"), "first\nsecond é\n", 0640);
        assertEquals(
                List.of("first|second é", "640"),
                kit
                        .answers(kit.command(show(Fact.FILE, "/etc/told"), show(Fact.STAT, "/etc/told"))
                                .mount(content))
                        .stream()
                        .map(line -> line.replaceFirst("^regular file;(\\d+);.*", "$1"))
                        .toList());
    }

    @Test
    @Needs(Feature.MOUNTS)
    default void theStandardMountsAreThere(Kit kit) throws Exception {
        List<String> targets = List.of("/proc", "/dev", "/dev/pts", "/sys", "/dev/mqueue", "/dev/shm");
        List<String> lines = kit.answers(kit.command(
                        targets.stream().map(target -> show(Fact.MOUNT, target)).toArray(Step[]::new))
                .mounts(Defaults.mounts()));
        assertEquals(
                List.of("proc", "tmpfs", "devpts", "sysfs", "mqueue", "tmpfs"),
                lines.stream()
                        .map(line -> line.isEmpty() ? "nothing" : line.split(";", -1)[2])
                        .toList());
    }

    @Test
    @Needs(Feature.MOUNTS)
    @Observes("mounts.flags.set")
    default void flagsArePutOnAMount(Kit kit) throws Exception {
        String options = mount(
                kit,
                Mount.tmpfs(
                        path("/flagged"),
                        ByteSize.ofMib(1),
                        0777,
                        MountFlag.READONLY,
                        MountFlag.NOSUID,
                        MountFlag.NODEV,
                        MountFlag.NOEXEC,
                        MountFlag.NOATIME))[0];
        assertTrue(
                List.of(options.split(",")).containsAll(List.of("ro", "nosuid", "nodev", "noexec", "noatime")),
                options);
    }

    @Test
    @Needs(Feature.MOUNTS)
    @Observes("mounts.flags.set")
    default void flagsArePutOnABindMount(Kit kit) throws Exception {
        String options = mount(
                kit,
                Mount.bind(
                        kit.newDirectory("source"),
                        path("/flagged"),
                        MountFlag.READONLY,
                        MountFlag.NOSUID,
                        MountFlag.NODEV,
                        MountFlag.NOEXEC))[0];
        assertTrue(List.of(options.split(",")).containsAll(List.of("ro", "nosuid", "nodev", "noexec")), options);
    }

    private static Mount bound(Path source, MountFlags flags) {
        return new Mount(
                new Mount.Bind(source, true),
                path("/bound"),
                flags,
                Optional.empty(),
                Optional.empty(),
                false,
                List.of());
    }

    @Test
    @Needs(value = Feature.MOUNTS, toObserve = Facility.HOST_MOUNTS)
    @Observes("mounts.flags.cleared")
    default void flagsAreTakenFromABindMount(Kit kit) throws Exception {
        Path source = kit.newDirectory("source");
        kit.use(kit.machine().mountTmpfs(source, "size=1m,nosuid,nodev,noexec"));
        MountFlags flags = new MountFlags(Set.of(), Set.of(MountFlag.NODEV), Set.of(), Set.of());
        List<String> options = List.of(mount(kit, bound(source, flags))[0].split(","));
        assertFalse(options.contains("nodev"), options::toString);
        assertTrue(options.containsAll(List.of("nosuid", "noexec")), options::toString);
    }

    @Test
    @Needs(value = Feature.MOUNTS, toObserve = Facility.HOST_MOUNTS)
    @Observes({"mounts.flags.recursive", "mounts.flags.recursiveCleared"})
    default void flagsArePutOnATreeOfMounts(Kit kit) throws Exception {
        Path source = kit.newDirectory("source");
        Path below = Files.createDirectory(source.resolve("below"));
        kit.use(kit.machine().mountTmpfs(below, "size=1m,nosuid,noexec"));
        MountFlags flags = new MountFlags(Set.of(), Set.of(), Set.of(MountFlag.READONLY), Set.of(MountFlag.NOEXEC));
        List<String> lines = kit.answers(kit.command(show(Fact.MOUNT, "/bound"), show(Fact.MOUNT, "/bound/below"))
                .mount(bound(source, flags)));
        assertTrue(lines.get(0).startsWith("ro"), lines::toString);
        List<String> options = List.of(lines.get(1).split(";", -1)[0].split(","));
        assertTrue(options.containsAll(List.of("ro", "nosuid")), options::toString);
        assertFalse(options.contains("noexec"), options::toString);
    }

    @Test
    @Needs(value = Feature.MOUNTS, toObserve = Facility.HOST_MOUNTS)
    @Observes("mounts.flags.set")
    default void flagsOfOneMountLeaveThoseBelow(Kit kit) throws Exception {
        Path source = kit.newDirectory("source");
        Path below = Files.createDirectory(source.resolve("below"));
        kit.use(kit.machine().mountTmpfs(below, "size=1m"));
        List<String> lines = kit.answers(kit.command(show(Fact.MOUNT, "/bound"), show(Fact.MOUNT, "/bound/below"))
                .mount(bound(source, MountFlags.of(MountFlag.READONLY))));
        assertTrue(lines.get(0).startsWith("ro"), lines::toString);
        assertTrue(lines.get(1).startsWith("rw"), lines::toString);
    }

    @Test
    @Needs(Feature.MOUNTS)
    @Observes("mounts.propagation")
    default void mountsHaveTheirPropagation(Kit kit) throws Exception {
        Mount bind = Mount.bind(kit.newDirectory("source"), path("/bound"));
        assertEquals("unbindable", mount(kit, bind.withPropagation(Propagation.UNBINDABLE))[1]);
        assertEquals("", mount(kit, bind.withPropagation(Propagation.PRIVATE))[1]);
    }

    @Test
    @Needs(value = Feature.MOUNTS, toObserve = Facility.HOST_MOUNTS)
    @Observes("mounts.propagation")
    default void mountsAreSharedWithTheHost(Kit kit) throws Exception {
        Path source = kit.newDirectory("source");
        kit.use(kit.machine().mountTmpfs(source, "size=1m,shared"));
        Mount bind = Mount.bind(source, path("/bound"));
        assertTrue(mount(kit, bind.withPropagation(Propagation.RSHARED))[1].contains("shared:"));
        assertTrue(mount(kit, bind.withPropagation(Propagation.RSLAVE))[1].contains("master:"));
    }

    /** Its events would come from, or go to, nobody. */
    @Test
    @Needs(Feature.MOUNTS)
    default void whatTheHostDoesNotShareIsNotShared(Kit kit) {
        Mount bind = Mount.bind(kit.newDirectory("source"), path("/bound"));
        assertRefused(
                Set.of(ErrorKind.USER, ErrorKind.LAUNCH),
                List.of("shared"),
                () -> kit.run(kit.command(line("x")).mount(bind.withPropagation(Propagation.RSHARED))));
    }

    @Test
    @Needs(
            value = {Feature.MOUNTS, Feature.IDMAPPED_MOUNTS},
            machine = Facility.IDMAPPED_MOUNTS)
    @Observes({
        "mounts.idmap.uids.inside",
        "mounts.idmap.uids.outside",
        "mounts.idmap.uids.count",
        "mounts.idmap.gids.inside",
        "mounts.idmap.gids.outside",
        "mounts.idmap.gids.count"
    })
    default void ownersAreShownThroughAMap(Kit kit) throws Exception {
        Path source = kit.newDirectory("source");
        for (int id = 0; id < 3; id++) {
            Path file = Files.writeString(source.resolve("of" + id), "x");
            kit.machine().own(file, id, id);
        }
        IdMappings map = new IdMappings(List.of(new IdMapping(0, 2000, 2)), List.of(new IdMapping(1, 3000, 1)));
        List<String> owners = kit
                .answers(kit.command(
                                show(Fact.STAT, "/bound/of0"),
                                show(Fact.STAT, "/bound/of1"),
                                show(Fact.STAT, "/bound/of2"))
                        .mount(Mount.bind(source, path("/bound")).withIdmap(map, false)))
                .stream()
                .map(line -> line.split(";")[2])
                .toList();
        assertEquals(List.of("2000:65534", "2001:3000", "65534:65534"), owners);
    }

    @Test
    @Needs(
            value = {Feature.MOUNTS, Feature.IDMAPPED_MOUNTS},
            machine = Facility.IDMAPPED_MOUNTS,
            toObserve = {Facility.HOST_MOUNTS, Facility.IDMAPPED_TMPFS})
    @Observes("mounts.idmapRecursive")
    default void aMapReachesWhatIsMountedBelowIfAsked(Kit kit) throws Exception {
        Path source = kit.newDirectory("source");
        Path below = Files.createDirectory(source.resolve("below"));
        IdMappings map = new IdMappings(List.of(new IdMapping(0, 2000, 1)), List.of(new IdMapping(0, 2000, 1)));
        kit.use(kit.machine().mountTmpfs(below, "size=1m"));
        Mount bind = Mount.bind(source, path("/bound"));
        String single = kit.answer(kit.command(show(Fact.STAT, "/bound/below")).mount(bind.withIdmap(map, false)));
        String tree = kit.answer(kit.command(show(Fact.STAT, "/bound/below")).mount(bind.withIdmap(map, true)));
        assertTrue(single.contains(";0:0;"), single);
        assertTrue(tree.contains(";2000:2000;"), tree);
    }
}
