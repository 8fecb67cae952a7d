// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caisson.cli.flags.BadValueException;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.driver.command.Propagation;
import dev.caisson.driver.resources.ByteSize;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountOptionsTest {
    private static final MountFlags RECURSIVELY_READONLY =
            new MountFlags(Set.of(), Set.of(), Set.of(MountFlag.READONLY), Set.of());

    private static Mount bind(String source, String target) {
        return Mount.bind(Path.of(source), ContainerPath.of(target));
    }

    @Test
    void volumesAreRecursiveAndPrivate() {
        assertEquals(bind("/a", "/b"), VolumeSyntax.read("/a:/b"));
        assertEquals(bind("/a", "/b"), VolumeSyntax.read("/a:/b:rw"));
        assertEquals(bind("/a", "/b").withFlags(RECURSIVELY_READONLY), VolumeSyntax.read("/a:/b:ro"));
        assertEquals(
                bind("/a", "/b").withFlags(RECURSIVELY_READONLY).withPropagation(Propagation.RSLAVE),
                VolumeSyntax.read("/a:/b:rslave,ro"));
    }

    @Test
    void aSourceWithADotStandsInTheWorkingDirectory() {
        assertEquals(
                Path.of("x").toAbsolutePath(),
                ((Mount.Bind) VolumeSyntax.read("./x:/b").kind()).source());
        assertEquals(
                Path.of("").toAbsolutePath(),
                ((Mount.Bind) VolumeSyntax.read(".:/b").kind()).source());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/a|names no place in the container; give host:container[:options]; there are no anonymous volumes here, --tmpfs gives an empty place",
                "data:/b|names a volume or a relative path as its source; there are no named volumes here: give an absolute path, or one that begins with ./",
                ":/b|names no source; give the path of the host first",
                "/a:/b:ro:x|has more than three parts; give host:container[:options]",
                "/a:/b:z|asks with z to relabel the host's files for SELinux; leave it out, and label them with chcon(1) if the machine has SELinux",
                "/a:/b:nocopy|asks for nocopy, which is for volumes; leave it out: a bind mount copies nothing",
                "/a:/b:cached|asks for cached, which only Docker Desktop has; leave it out",
                "/a:/b:rx|has the unknown option \"rx\"; give ro, rw, private, rprivate, shared, rshared, slave or rslave",
                "/a:/b:ro,rw|has \"rw\" beside another of its kind; give one of them",
                "/a:/b:slave,shared|has \"shared\" beside another of its kind; give one of them",
            })
    void volumesThatAreNoneAreRefused(String text, String message) {
        assertEquals(
                message,
                assertThrows(BadValueException.class, () -> VolumeSyntax.read(text))
                        .getMessage());
    }

    @Test
    void mountsAreReadByTheirKeys() {
        assertEquals(bind("/a", "/b"), MountSyntax.read("type=bind,source=/a,target=/b"));
        assertEquals(
                bind("/a,c", "/b").withFlags(RECURSIVELY_READONLY),
                MountSyntax.read("type=bind,\"src=/a,c\",dst=/b,readonly"));
        assertEquals(
                new Mount(
                        new Mount.Bind(Path.of("/a"), false),
                        ContainerPath.of("/b"),
                        MountFlags.of(MountFlag.READONLY),
                        Optional.of(Propagation.SHARED),
                        Optional.empty(),
                        false,
                        List.of()),
                MountSyntax.read(
                        "type=bind,src=/a,destination=/b,ro=true,bind-propagation=shared,bind-recursive=disabled"));
        assertEquals(
                MountFlags.of(MountFlag.READONLY),
                MountSyntax.read("type=bind,src=/a,dst=/b,ro,bind-recursive=writable")
                        .flags());
        assertEquals(
                false,
                ((Mount.Bind) MountSyntax.read("type=bind,src=/a,dst=/b,bind-nonrecursive")
                                .kind())
                        .recursive());
    }

    @Test
    void aMountOfTmpfsIsQuietByDefault() {
        assertEquals(
                new Mount(
                        new Mount.Tmpfs(Optional.of(ByteSize.ofMib(5)), OptionalInt.of(0700), false),
                        ContainerPath.of("/t"),
                        MountFlags.of(MountFlag.NOEXEC, MountFlag.NOSUID, MountFlag.NODEV),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        List.of()),
                MountSyntax.read("type=tmpfs,target=/t,tmpfs-size=5m,tmpfs-mode=700"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source=/a,target=/b|names no type; give type=bind or type=tmpfs",
                "type=volume,source=a,target=/b|has type volume, which needs an engine with images and volumes; give type=bind or type=tmpfs",
                "type=x,target=/b|has the unknown type \"x\"; give type=bind or type=tmpfs",
                "type=bind,source=/a|names no place in the container; give target=/path",
                "type=bind,target=/b|names no source; give source=/path of the host",
                "type=bind,src=/a,dst=/b,tmpfs-size=1m|has tmpfs-size with type=bind; leave it out",
                "type=tmpfs,dst=/b,bind-propagation=shared|has bind-propagation with type=tmpfs; leave it out",
                "type=tmpfs,src=/a,dst=/b|gives a source to a tmpfs; leave it out: it starts empty",
                "type=bind,src=/a,dst=/b,bind-propagation=x|has bind-propagation=x; give private, rprivate, shared, rshared, slave or rslave",
                "type=bind,src=/a,dst=/b,bind-recursive=readonly|has bind-recursive=readonly without readonly and bind-propagation=rprivate; give these too",
                "type=bind,src=/a,dst=/b,readonly=maybe|has readonly=maybe; give true or false",
                "type=bind,src=/a,dst=/b,src=/c|has source twice; give it once",
                "type=bind,src=/a,dst=/b,soruce|has the unknown key \"soruce\"; did you mean source?",
                "type=bind,src=/a,dst=/b,volume-nocopy|has the unknown key \"volume-nocopy\"; leave it out: it is for Docker Desktop or for volumes and images",
                "type=bind,source,dst=/b|has source without a value; give source=...",
                "type=bind,\"src=/a,dst=/b|has a quote that is not closed; close it",
            })
    void mountsThatAreNoneAreRefused(String text, String message) {
        assertEquals(
                message,
                assertThrows(BadValueException.class, () -> MountSyntax.read(text))
                        .getMessage());
    }

    @Test
    void tmpfsTakesTheOptionsOfMount() {
        Mount mount = TmpfsSyntax.read("/t:exec,size=1m,mode=1777,uid=5,tmpcopyup,ro,rslave");
        assertEquals(ContainerPath.of("/t"), mount.target());
        assertEquals(new Mount.Tmpfs(Optional.of(ByteSize.ofMib(1)), OptionalInt.of(01777), true), mount.kind());
        assertEquals(MountFlags.of(MountFlag.NOSUID, MountFlag.NODEV, MountFlag.READONLY), mount.flags());
        assertEquals(Optional.of(Propagation.RSLAVE), mount.propagation());
        assertEquals(List.of("uid=5"), mount.data());
    }

    @Test
    void aShareOfTheMachinesMemoryIsTheKernelsToWorkOut() {
        Mount mount = TmpfsSyntax.read("/t:size=50%");
        assertEquals(new Mount.Tmpfs(Optional.empty(), OptionalInt.empty(), false), mount.kind());
        assertEquals(List.of("size=50%"), mount.data());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/t:mode=9|has the mode \"9\"; give it in octal, as 1777",
                "/t:bogus|has the unknown option \"bogus\"; give size=, mode=, uid=, gid=, nr_inodes=, ro, exec, suid, dev, noatime, tmpcopyup, private, rprivate, shared, rshared, slave or rslave",
            })
    void tmpfsThatIsNoneIsRefused(String text, String message) {
        assertEquals(
                message,
                assertThrows(BadValueException.class, () -> TmpfsSyntax.read(text))
                        .getMessage());
    }
}
