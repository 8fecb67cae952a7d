// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.nativedriver.procfs.MountInfo;
import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {
    private static MountTable table(String... lines) {
        StringBuilder text = new StringBuilder();
        for (String line : lines) {
            String[] fields = line.split(" ");
            text.append(fields[0])
                    .append(' ')
                    .append(fields[1])
                    .append(" 0:1 / ")
                    .append(fields[2]);
            text.append(" rw - ").append(fields[3]).append(" x rw\n");
        }
        return MountTable.of(MountInfo.parse(text.toString()));
    }

    private static List<String> places(MountTable table) {
        return table.visible().stream()
                .map(mount -> mount.mountPoint() + " " + mount.type())
                .toList();
    }

    @Test
    void parentsComeFirst() {
        assertEquals(
                List.of("/ ext4", "/home xfs", "/home/a nfs"),
                places(table("20 1 / ext4", "22 21 /home/a nfs", "21 20 /home xfs")));
    }

    @Test
    void theTopOneOfSeveralAtOnePlaceIsSeen() {
        assertEquals(
                List.of("/ ext4", "/dev/pts b"), places(table("20 1 / ext4", "21 20 /dev/pts a", "22 21 /dev/pts b")));
    }

    @Test
    void whatIsUnderALaterMountIsHidden() {
        assertEquals(
                List.of("/ ext4", "/data xfs", "/database zfs"),
                places(table("20 1 / ext4", "21 20 /data/old nfs", "22 20 /data xfs", "23 20 /database zfs")));
        assertEquals(
                List.of("/ ext4", "/data xfs", "/data/new nfs"),
                places(table("20 1 / ext4", "22 20 /data xfs", "21 22 /data/new nfs")));
    }

    @Test
    void childrenOfACoveredMountAreHidden() {
        assertEquals(
                List.of("/ ext4", "/a top"),
                places(table("20 1 / ext4", "21 20 /a bottom", "22 21 /a/b hidden", "23 21 /a top")));
    }

    @Test
    void whichMountHoldsAPath() {
        MountTable table = table("20 1 / ext4", "21 20 /data xfs", "22 21 /data/x nfs");
        assertEquals("nfs", table.holding("/data/x/y").orElseThrow().type());
        assertEquals("nfs", table.holding("/data/x").orElseThrow().type());
        assertEquals("xfs", table.holding("/data/xy").orElseThrow().type());
        assertEquals("ext4", table.holding("/database").orElseThrow().type());
    }
}
