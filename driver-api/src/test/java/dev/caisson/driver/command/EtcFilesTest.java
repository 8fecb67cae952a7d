// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class EtcFilesTest {
    private static final HostFiles HOST = new HostFiles("127.0.0.1 localhost\n10.9.9.9 nas", """
            # made by something
            domain old.example
            nameserver 127.0.0.1
            nameserver 10.0.0.1
            nameserver ::1
            search a.example b.example
            options ndots:2
            options edns0
            sortlist 10.0.0.0
            """);

    @Test
    void privateNetworkGetsStandardHostsAndReachableServers() {
        EtcFiles files = EtcFiles.builder("box").address("10.0.0.7").build(HOST);
        assertEquals("box\n", files.hostnameText());
        assertEquals("""
                127.0.0.1\tlocalhost
                ::1\tlocalhost ip6-localhost ip6-loopback
                fe00::\tip6-localnet
                ff00::\tip6-mcastprefix
                ff02::1\tip6-allnodes
                ff02::2\tip6-allrouters
                10.0.0.7\tbox
                """, files.hostsText());
        assertEquals("""
                nameserver 10.0.0.1
                search a.example b.example
                options ndots:2 edns0
                sortlist 10.0.0.0
                """, files.resolverText());
    }

    @Test
    void hostNetworkGetsTheHostsOwn() {
        EtcFiles files =
                EtcFiles.builder("box").hostNetwork().host("db", "10.1.1.1").build(HOST);
        assertEquals("127.0.0.1 localhost\n10.9.9.9 nas\n10.1.1.1\tdb\n", files.hostsText());
        assertTrue(files.resolverText().startsWith("nameserver 127.0.0.1\nnameserver 10.0.0.1\nnameserver ::1\n"));
    }

    @Test
    void givenServersReplaceTheHosts() {
        EtcFiles files = EtcFiles.builder("box")
                .nameserver("127.0.0.1")
                .searchDomain(".")
                .resolverOption("rotate")
                .build(HOST);
        assertEquals("nameserver 127.0.0.1\noptions rotate\nsortlist 10.0.0.0\n", files.resolverText());
    }

    @Test
    void domainnameMakesTheFullNameFirst() {
        EtcFiles files =
                EtcFiles.builder("box").domainname("lan").address("10.0.0.7").build(HOST);
        assertTrue(files.hostsText().endsWith("10.0.0.7\tbox.lan box\n"));
        assertEquals("box\n", files.hostnameText());
    }

    @Test
    void noServerThatCanBeReachedMeansDockersFallback() {
        EtcFiles files = EtcFiles.builder("box").build(new HostFiles("", "nameserver 127.0.0.53\n"));
        assertEquals("nameserver 8.8.8.8\nnameserver 8.8.4.4\n", files.resolverText());
    }

    @Test
    void systemdsStubIsKnownByItsOnlyAddress() {
        assertTrue(ResolverFile.parse("nameserver 127.0.0.53\noptions edns0").isSystemdStub());
        assertTrue(
                !ResolverFile.parse("nameserver 127.0.0.53\nnameserver 1.1.1.1").isSystemdStub());
    }

    @Test
    void mountsAreFilesBelowEtc() {
        List<Mount> mounts = EtcFiles.builder("box").build(HOST).mounts();
        assertEquals(
                List.of("/etc/hostname", "/etc/hosts", "/etc/resolv.conf"),
                mounts.stream().map(mount -> mount.target().value()).toList());
        Mount.Content content = (Mount.Content) mounts.get(0).kind();
        assertEquals("box\n", new String(content.content(), StandardCharsets.UTF_8));
        assertEquals(0644, content.mode());
    }
}
