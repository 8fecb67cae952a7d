// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FindingsTest {
    @TempDir
    private Path root;

    private Machine machine;

    @BeforeEach
    void makeMachine() {
        machine = new Machine(root);
    }

    private void file(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static String lines(List<Finding> findings) {
        return findings.stream().map(Finding::line).collect(Collectors.joining("\n"));
    }

    @Test
    void anOldKernelIsNotEnough() throws IOException {
        file("proc/sys/kernel/osrelease", "5.10.0-28-amd64\n");
        Finding finding = KernelFindings.of(machine).get(0);
        assertEquals(Finding.Level.LACKS, finding.level());
        assertEquals("Linux 5.10.0-28-amd64 is too old", finding.text());
        file("proc/sys/kernel/osrelease", "6.1.0\n");
        assertEquals(Finding.Level.OK, KernelFindings.of(machine).get(0).level());
    }

    @Test
    void lackingRightsAreNamed() throws IOException {
        file("proc/sys/kernel/cap_last_cap", "40\n");
        file("proc/self/status", "Name:\tx\nCapEff:\t000001fffeffffff\n");
        assertEquals(
                "all 41 capabilities but CAP_SYS_RESOURCE",
                RightsFindings.of(machine).get(0).text());
        file("proc/self/status", "CapEff:\t0000000000000000\n");
        assertEquals(Finding.Level.LACKS, RightsFindings.of(machine).get(0).level());
        file("proc/self/status", "CapEff:\t000001ffffffffff\n");
        assertEquals("every capability", RightsFindings.of(machine).get(0).text());
    }

    @Test
    void namespacesAreCounted() throws IOException {
        for (String name : List.of("mnt", "pid", "net", "ipc", "uts", "user")) {
            file("proc/self/ns/" + name, "");
        }
        file("proc/sys/user/max_user_namespaces", "0\n");
        assertEquals("""
                The machine
                  ok    namespaces        mnt, pid, net, ipc, uts
                  note  user namespace    at most 0
                                          -> sysctl user.max_user_namespaces=10000
                  note  cgroup namespace  the kernel has none
                                          -> use a kernel with cgroup namespaces
                  note  time namespace    the kernel has none
                                          -> use a kernel with time namespaces""", "The machine\n" + lines(NamespaceFindings.of(machine)));
    }

    @Test
    void cgroupsOfBothVersionsAreJoined() throws IOException {
        file("proc/self/mounts", """
                cgroup /sys/fs/cgroup/memory cgroup rw,relatime,memory 0 0
                cgroup /sys/fs/cgroup/cpu cgroup rw,cpu,cpuacct 0 0
                cgroup /sys/fs/cgroup/blkio cgroup rw,blkio 0 0
                cgroup2 /sys/fs/cgroup/unified cgroup2 rw 0 0
                """);
        file("sys/fs/cgroup/unified/cgroup.controllers", "pids hugetlb\n");
        List<Finding> findings = CgroupFindings.of(machine);
        assertEquals("versions 1 and 2 (hybrid)", findings.get(0).text());
        assertEquals(
                List.of("cgroup cpuset"),
                findings.stream()
                        .filter(finding -> finding.level() == Finding.Level.NOTE)
                        .map(Finding::subject)
                        .toList());
    }

    @Test
    void withoutCgroupsNothingWorks() {
        assertEquals(Finding.Level.LACKS, CgroupFindings.of(machine).get(0).level());
    }

    @Test
    void filesystemsMayBeModules() throws IOException {
        file("proc/filesystems", "nodev\tmqueue\n\text4\n");
        assertEquals(Finding.Level.NOTE, FilesystemFindings.of(machine).get(0).level());
        file("proc/sys/kernel/osrelease", "6.1.0\n");
        file("lib/modules/6.1.0/modules.dep", "kernel/fs/overlayfs/overlay.ko:\n");
        assertEquals(
                "is a module that can be loaded",
                FilesystemFindings.of(machine).get(0).text());
    }

    @Test
    void filtersAndModules() throws IOException {
        assertEquals(Finding.Level.NOTE, SecurityFindings.of(machine).get(0).level());
        file("proc/sys/kernel/seccomp/actions_avail", "kill_process errno allow\n");
        file("sys/kernel/security/lsm", "capability,apparmor");
        List<Finding> findings = SecurityFindings.of(machine);
        assertEquals("kill_process errno allow", findings.get(0).text());
        assertEquals("is there", findings.get(1).text());
        assertTrue(findings.get(2).text().startsWith("is not there"));
    }

    @Test
    void thisMachineCanBeLookedAt() {
        Machine here = Machine.here();
        assertTrue(here.text("proc/sys/kernel/osrelease").isPresent());
        assertTrue(here.text("proc/sys/user/max_user_namespaces").orElse("").length() > 1, "read to its end");
    }
}
