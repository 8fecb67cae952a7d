// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MountInfoTest {
    @Test
    void readsEveryField() {
        List<MountInfo> mounts = MountInfo.parse("""
                36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 shared:7 - ext3 /dev/root rw,errors=continue
                31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755
                """);
        assertEquals(
                new MountInfo(
                        36,
                        35,
                        "98:0",
                        "/mnt1",
                        "/mnt2",
                        List.of("rw", "noatime"),
                        List.of("master:1", "shared:7"),
                        "ext3",
                        "/dev/root",
                        List.of("rw", "errors=continue")),
                mounts.get(0));
        assertEquals(List.of(), mounts.get(1).propagation());
    }

    @Test
    void undoesEscapes() {
        MountInfo mount = MountInfo.parse("1 0 0:1 / /a\\040b\\134c\\011d ro - tmpfs x\\043y rw")
                .get(0);
        assertEquals("/a b\\c\td", mount.mountPoint());
        assertEquals("x#y", mount.source());
    }

    @Test
    void readsThisProcess() throws IOException {
        List<MountInfo> mounts = MountInfo.parse(Files.readString(Path.of("/proc/self/mountinfo")));
        assertFalse(mounts.stream()
                .filter(m -> m.mountPoint().equals("/proc"))
                .toList()
                .isEmpty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "36 35 98:0 /mnt1 /mnt2 rw",
                "x 35 98:0 /mnt1 /mnt2 rw - ext3 /dev/root rw",
                "36 35 98:0 /mnt1 - ext3 /dev/root rw",
                "36 35 98:0 /mnt1 /mnt2 rw - ext3",
                "36 35 98:0 /mnt1 /m\\9zz rw - ext3 /dev/root rw",
            })
    void refusesGarbage(String line) {
        assertThrows(MalformedFileException.class, () -> MountInfo.parse(line + "\n"));
    }
}
