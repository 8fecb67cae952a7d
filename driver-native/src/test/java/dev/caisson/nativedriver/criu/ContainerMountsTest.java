// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.Mount;
import dev.caisson.driver.command.MountFlags;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.nativedriver.cgroup.CgroupRoot;
import dev.caisson.nativedriver.cgroup.Version;
import dev.caisson.nativedriver.procfs.MountInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ContainerMountsTest {
    private static final String HOST = """
            22 1 254:0 / / rw - ext4 /dev/vda rw
            23 22 0:6 / /dev rw - devtmpfs devtmpfs rw
            24 22 0:20 / /sys rw - sysfs sysfs rw
            25 24 0:32 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
            26 24 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup rw
            27 22 0:50 / /srv/data rw - tmpfs tmpfs rw
            """;

    private static final String INSIDE = """
            64 42 254:0 /var/roots/a / rw - ext4 /dev/vda rw
            65 64 0:40 / /proc rw - proc proc rw
            66 64 0:41 / /dev rw - tmpfs tmpfs rw
            67 66 0:42 / /dev/pts rw - devpts devpts rw
            68 64 0:20 / /sys ro - sysfs sysfs rw
            69 68 0:44 / /sys/fs/cgroup ro - tmpfs tmpfs rw
            70 69 0:32 /caisson/a /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory
            71 69 0:38 /caisson/a/below /sys/fs/cgroup/unified ro - cgroup2 cgroup rw
            72 64 0:50 /part /data rw - tmpfs tmpfs rw
            73 72 0:6 /null /data/sub rw - devtmpfs devtmpfs rw
            74 64 0:46 /7 /etc/hosts rw - tmpfs tmpfs rw
            75 65 0:40 /sys /proc/sys ro - proc proc rw
            76 67 0:42 /0 /dev/console rw - devpts devpts rw
            """;

    private static final List<CgroupRoot> CGROUPS = List.of(
            new CgroupRoot(Version.V1, List.of("memory"), "/caisson/a", "/sys/fs/cgroup/memory/caisson/a"),
            new CgroupRoot(Version.V2, List.of(), "/caisson/a", "/sys/fs/cgroup/unified/caisson/a"));

    private static Command.Builder command() {
        return Command.bare(ContainerId.of("a"))
                .process("true")
                .rootfs(Rootfs.directory(Path.of("/var/roots/a")))
                .mounts(List.of(
                        Mount.filesystem("proc", ContainerPath.of("/proc"), MountFlags.of()),
                        Mount.filesystem("sysfs", ContainerPath.of("/sys"), MountFlags.of()),
                        Mount.bind(Path.of("/srv/data/part"), ContainerPath.of("/data")),
                        Mount.content(ContainerPath.of("/etc/hosts"), "x", 0644)));
    }

    private static ContainerMounts mounts(String inside, Command command) {
        return new ContainerMounts(MountInfo.parse(inside), MountInfo.parse(HOST), CGROUPS, command);
    }

    @Test
    void tellsWhatComesFromOutside() {
        Map<String, OutsideMount.Source> outside = mounts(INSIDE, command().build()).outside("test").stream()
                .collect(Collectors.toMap(OutsideMount::path, OutsideMount::source));
        assertEquals(
                Map.of(
                        "/sys/fs/cgroup/memory", new OutsideMount.OfCgroup(List.of("memory"), ""),
                        "/sys/fs/cgroup/unified", new OutsideMount.OfCgroup(List.of(), "/below"),
                        "/data", new OutsideMount.OfCommand(),
                        "/data/sub", new OutsideMount.OfHost("/dev/null"),
                        "/etc/hosts", new OutsideMount.OfCommand()),
                outside);
    }

    @Test
    void tellsWhatOfTheRootIsMountedOn() {
        assertEquals(
                List.of("/proc", "/dev", "/sys", "/data", "/etc/hosts"),
                mounts(INSIDE, command().build()).points());
    }

    @Test
    void aFileOfOursAtAnotherPlaceIsRefused() {
        DriverException refusal = assertThrows(
                DriverException.class,
                () -> mounts(
                                INSIDE.replace("/etc/hosts", "/run/hosts"),
                                command().build())
                        .outside("test"));
        assertEquals(StandardErrorCode.UNSUPPORTED_FIELD, refusal.code());
    }

    @Test
    void whatTheHostDoesNotShowIsRefused() {
        String odd = "64 42 254:0 /var/roots/a / rw - ext4 /dev/vda rw\n72 64 0:50 /part /odd rw - tmpfs tmpfs rw\n";
        String host = HOST.replace("0:50 / /srv/data", "0:50 /other /srv/data");
        ContainerMounts mounts = new ContainerMounts(
                MountInfo.parse(odd), MountInfo.parse(host), CGROUPS, command().build());
        assertThrows(DriverException.class, () -> mounts.outside("test"));
    }
}
