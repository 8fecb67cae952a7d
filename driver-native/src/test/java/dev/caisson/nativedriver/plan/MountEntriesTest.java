// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.IdMapping;
import dev.caisson.driver.command.IdMappings;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.driver.command.Propagation;
import dev.caisson.driver.command.Seccomp;
import dev.caisson.driver.command.Security;
import dev.caisson.driver.resources.ByteSize;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MountEntriesTest {
    private static final ContainerPath TARGET = ContainerPath.of("/mnt");
    private static final long RDONLY = 1;
    private static final long NOSUID = 2;
    private static final long NODEV = 4;
    private static final long NOEXEC = 8;

    /** The fields of one E_MOUNT in plan.h's order. */
    private record Read(
            long kind,
            long options,
            long set,
            long clear,
            long propagation,
            long idmap,
            long mode,
            String source,
            String target,
            String type,
            String data,
            byte[] content) {
        static Read of(PlanDecoder.Entry entry) {
            long kind = entry.u32();
            long options = entry.u32();
            long set = entry.u64();
            long clear = entry.u64();
            long propagation = entry.u64();
            long idmap = entry.u32();
            assertEquals(0, entry.u32(), "zero");
            Read read = new Read(
                    kind,
                    options,
                    set,
                    clear,
                    propagation,
                    idmap,
                    entry.u32(),
                    entry.string(),
                    entry.string(),
                    entry.string(),
                    entry.string(),
                    entry.bytes());
            entry.end();
            return read;
        }
    }

    private static List<Read> written(Command command) {
        return TestPlans.decode(command).all(EntryType.MOUNT).stream()
                .map(Read::of)
                .toList();
    }

    private static List<Read> written(Mount mount) {
        return written(TestPlans.bare().mount(mount).build());
    }

    private static Read one(Mount mount) {
        List<Read> mounts = written(mount);
        assertEquals(1, mounts.size());
        return mounts.get(0);
    }

    @Test
    void theUsualOnesInTheirOrder() {
        List<Read> mounts = written(TestPlans.usual().build());
        assertEquals(
                List.of("/proc", "/dev", "/dev/pts", "/sys", "/sys/fs/cgroup", "/dev/mqueue", "/dev/shm"),
                mounts.stream().map(Read::target).toList());
        Read dev = mounts.get(1);
        assertEquals(MountKind.FILESYSTEM.value(), dev.kind());
        assertEquals("tmpfs", dev.type());
        assertEquals("size=67108864,mode=755", dev.data());
        assertEquals(NOSUID | 1 << 24, dev.set());
        assertEquals("newinstance,ptmxmode=0666,mode=0620,gid=5", mounts.get(2).data());
        assertEquals(RDONLY | NOSUID | NODEV | NOEXEC, mounts.get(3).set());
        assertEquals(MountKind.CGROUP.value(), mounts.get(4).kind());
        assertEquals(0755, dev.mode());
    }

    @Test
    void bind() {
        Read bind = one(Mount.bind(Path.of("/host/x"), TARGET, MountFlag.READONLY));
        assertEquals(MountKind.BIND.value(), bind.kind());
        assertEquals("/host/x", bind.source());
        assertEquals("/mnt", bind.target());
        assertEquals(RDONLY, bind.set());
        assertEquals(1 << 18 | 1 << 14, bind.propagation());
        assertEquals(MountOption.RECURSIVE.value(), bind.options());
        Read single = one(new Mount(
                new Mount.Bind(Path.of("/x"), false),
                TARGET,
                MountFlags.of(),
                Optional.of(Propagation.SLAVE),
                Optional.empty(),
                false,
                List.of()));
        assertEquals(0, single.options());
        assertEquals(1 << 19, single.propagation());
    }

    private static Mount bindWith(
            Set<MountFlag> set, Set<MountFlag> cleared, Set<MountFlag> tree, Set<MountFlag> treeCleared) {
        return Mount.bind(Path.of("/x"), TARGET).withFlags(new MountFlags(set, cleared, tree, treeCleared));
    }

    @Test
    void clearedFlags() {
        Read read = one(bindWith(Set.of(), Set.of(MountFlag.NOEXEC, MountFlag.READONLY), Set.of(), Set.of()));
        assertEquals(0, read.set());
        assertEquals(NOEXEC | RDONLY, read.clear());
    }

    @Test
    void flagsForTheWholeTreeAlone() {
        Read read = one(bindWith(Set.of(), Set.of(), Set.of(MountFlag.READONLY), Set.of(MountFlag.NODEV)));
        assertEquals(MountOption.RECURSIVE.value() | MountOption.ATTR_RECURSIVE.value(), read.options());
        assertEquals(RDONLY, read.set());
        assertEquals(NODEV, read.clear());
    }

    @Test
    void flagsOfItsOwnAndForTheTree() {
        List<Read> two = written(
                bindWith(Set.of(MountFlag.NOSUID), Set.of(), Set.of(MountFlag.READONLY), Set.of(MountFlag.NOEXEC)));
        assertEquals(2, two.size());
        assertEquals(NOSUID, two.get(0).set());
        assertEquals(MountOption.RECURSIVE.value(), two.get(0).options());
        assertEquals(MountKind.ATTRIBUTES.value(), two.get(1).kind());
        assertEquals("/mnt", two.get(1).target());
        assertEquals(RDONLY, two.get(1).set());
        assertEquals(NOEXEC, two.get(1).clear());
        assertEquals(MountOption.ATTR_RECURSIVE.value(), two.get(1).options());
    }

    @Test
    void aNewFilesystemIsItsOwnTree() {
        Read read = one(Mount.filesystem(
                "sysfs",
                TARGET,
                new MountFlags(Set.of(MountFlag.NOSUID), Set.of(), Set.of(MountFlag.READONLY), Set.of())));
        assertEquals(RDONLY | NOSUID, read.set());
        assertEquals(0, read.options());
    }

    @Test
    void idMapsStandOnceAndAreNamedByNumber() {
        IdMappings one = new IdMappings(List.of(new IdMapping(0, 1000, 5)), List.of(new IdMapping(0, 2000, 5)));
        IdMappings two = new IdMappings(List.of(new IdMapping(7, 8, 9)), List.of(new IdMapping(7, 8, 9)));
        PlanDecoder plan = TestPlans.decode(TestPlans.bare()
                .mount(Mount.bind(Path.of("/x"), ContainerPath.of("/x")).withIdmap(one, false))
                .mount(Mount.bind(Path.of("/y"), ContainerPath.of("/y")).withIdmap(two, true))
                .mount(Mount.bind(Path.of("/z"), ContainerPath.of("/z")).withIdmap(one, false))
                .build());
        PlanDecoder.Entry first = plan.all(EntryType.IDMAP).get(0);
        assertEquals("1 0 1000 5", first.u32() + " " + first.u32() + " " + first.u32() + " " + first.u32());
        assertEquals("1 0 2000 5", first.u32() + " " + first.u32() + " " + first.u32() + " " + first.u32());
        first.end();
        assertEquals(2, plan.all(EntryType.IDMAP).size());
        List<Read> mounts = plan.all(EntryType.MOUNT).stream().map(Read::of).toList();
        assertEquals(List.of(1L, 2L, 1L), mounts.stream().map(Read::idmap).toList());
        assertEquals(
                MountOption.RECURSIVE.value() | MountOption.IDMAP_RECURSIVE.value(),
                mounts.get(1).options());
    }

    @Test
    void tmpfs() {
        Mount.Tmpfs unlimited = new Mount.Tmpfs(Optional.of(ByteSize.UNLIMITED), OptionalInt.of(01777), true);
        Read read = one(new Mount(
                unlimited, TARGET, MountFlags.of(), Optional.empty(), Optional.empty(), false, List.of("nr_inodes=9")));
        assertEquals("size=0,mode=1777,nr_inodes=9", read.data());
        assertEquals(MountOption.COPY_UP.value(), read.options());
        Mount.Tmpfs plain = new Mount.Tmpfs(Optional.empty(), OptionalInt.empty(), false);
        assertEquals(
                "",
                one(new Mount(plain, TARGET, MountFlags.of(), Optional.empty(), Optional.empty(), false, List.of()))
                        .data());
    }

    @Test
    void content() {
        Read read = one(Mount.content(TARGET, "127.0.0.1 localhost\n", 0640));
        assertEquals(MountKind.CONTENT.value(), read.kind());
        assertEquals(0640, read.mode());
        assertArrayEquals("127.0.0.1 localhost\n".getBytes(StandardCharsets.UTF_8), read.content());
    }

    @Test
    void labelsWhereTheFilesystemTakesThem() {
        Security labelled = new Security(
                Seccomp.UNCONFINED, List.of(), List.of(), Optional.of("system_u:object_r:f_t:s0:c1,c2"), true);
        List<Read> mounts = written(TestPlans.usual().security(labelled).build());
        String context = "context=\"system_u:object_r:f_t:s0:c1,c2\"";
        assertEquals("", mounts.get(0).data(), "proc");
        assertEquals("size=67108864,mode=755," + context, mounts.get(1).data());
        assertEquals(
                "newinstance,ptmxmode=0666,mode=0620,gid=5," + context,
                mounts.get(2).data());
        assertEquals("", mounts.get(3).data(), "sysfs");
    }
}
