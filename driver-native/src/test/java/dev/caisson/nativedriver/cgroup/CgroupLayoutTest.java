// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.nativedriver.kernel.fake.RecordingKernel;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CgroupLayoutTest {
    private final RecordingKernel kernel = new RecordingKernel();

    private CgroupLayout layout(String membership, String mounts) {
        kernel.files().put("/proc/self/cgroup", membership).put("/proc/self/mountinfo", mounts);
        return CgroupLayout.detect(kernel);
    }

    @Test
    void version1WithControllersMountedTogether() {
        CgroupLayout layout = layout("5:name=systemd:/\n4:cpu,cpuacct:/own\n3:memory:/\n2:name=other:/\n", """
                31 23 0:28 / /sys/fs/cgroup rw - tmpfs tmpfs rw,mode=755
                32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
                33 31 0:30 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
                34 31 0:31 / /sys/fs/cgroup/systemd rw - cgroup cgroup rw,xattr,name=systemd
                35 31 0:32 / /sys/fs/cgroup/other rw - cgroup cgroup rw,name=other
                """);
        Hierarchy cpu = new Hierarchy(Version.V1, List.of("cpu", "cpuacct"), "/sys/fs/cgroup/cpu,cpuacct", "/own");
        assertEquals(Optional.of(cpu), layout.of("cpu"));
        assertEquals(Optional.of(cpu), layout.of("cpuacct"));
        assertEquals(
                "/sys/fs/cgroup/systemd",
                layout.of("name=systemd").orElseThrow().mountPoint());
        assertEquals(Optional.empty(), layout.of("name=other"));
        assertEquals(Optional.empty(), layout.unified());
        assertEquals(3, layout.hierarchies().size());
    }

    @Test
    void version2Alone() {
        kernel.files().put("/sys/fs/cgroup/cgroup.controllers", "cpu memory pids\n");
        CgroupLayout layout =
                layout("0::/user.slice/x\n", "30 23 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw,nsdelegate\n");
        assertEquals(
                List.of(new Hierarchy(Version.V2, List.of("cpu", "memory", "pids"), "/sys/fs/cgroup", "/user.slice/x")),
                layout.hierarchies());
    }

    @Test
    void hybrid() {
        CgroupLayout layout = CgroupLayout.detect(Machines.hybrid(List.of("memory"), List.of("hugetlb")));
        assertEquals(Version.V1, layout.of("memory").orElseThrow().version());
        assertEquals(Version.V2, layout.of("hugetlb").orElseThrow().version());
    }

    @Test
    void aMountOfAPartShowsPathsFromThereOn() {
        CgroupLayout layout = layout("3:memory:/docker/abc/inner\n2:pids:/elsewhere\n", """
                33 31 0:30 /docker/abc /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
                34 31 0:31 /docker/abc /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids
                """);
        assertEquals("/inner", layout.of("memory").orElseThrow().ownPath());
        assertEquals("/", layout.of("pids").orElseThrow().ownPath());
    }

    @Test
    void ofSeveralMountsTheOneOfTheRootCounts() {
        CgroupLayout layout = layout("3:memory:/\n", """
                33 31 0:30 /part /mnt/part rw - cgroup cgroup rw,memory
                34 31 0:30 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
                35 31 0:30 /part /mnt/other rw - cgroup cgroup rw,memory
                """);
        assertEquals(1, layout.hierarchies().size());
        assertEquals("/sys/fs/cgroup/memory", layout.hierarchies().get(0).mountPoint());
    }

    @Test
    void readOnlyMountsAreObstacles() {
        CgroupLayout layout = layout("0::/\n", "30 23 0:26 / /sys/fs/cgroup ro,nosuid - cgroup2 cgroup rw\n");
        assertTrue(layout.hierarchies().isEmpty());
        assertEquals(List.of("The cgroups at /sys/fs/cgroup are mounted read-only"), layout.obstacles());
    }

    @Test
    void aMachineWithoutCgroups() {
        kernel.files().put("/proc/self/mountinfo", "22 1 0:21 / /proc rw - proc proc rw\n");
        assertTrue(CgroupLayout.detect(kernel).hierarchies().isEmpty());
    }
}
