// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.nativedriver.kernel.Descriptor;
import dev.caisson.nativedriver.kernel.DeviceNumber;
import dev.caisson.nativedriver.kernel.DirectoryEntry;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.FileStat;
import dev.caisson.nativedriver.kernel.FileType;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.kernel.OpenFlag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JnrFileCallsTest {
    private final FileCalls files = new JnrKernel().files();

    @TempDir
    Path directory;

    private static Errno refusal(Runnable call) {
        return assertThrows(KernelException.class, call::run).errno();
    }

    @Test
    void readsAWholeFileWhateverItsSize() throws IOException {
        byte[] content = new byte[300_000];
        new Random(1).nextBytes(content);
        Path file = Files.write(directory.resolve("ünï 文"), content);
        assertArrayEquals(content, files.readBytes(file.toString()));
        assertTrue(files.read("/proc/self/status").contains("Pid:"));
    }

    @Test
    void readIfPresentTellsAbsenceFromFailure() {
        assertEquals(Optional.empty(), files.readIfPresent(directory + "/absent"));
        assertEquals(Optional.empty(), files.readIfPresent("/proc/version/below-a-file"));
        assertEquals(Errno.EISDIR, refusal(() -> files.readIfPresent(directory.toString())));
    }

    @Test
    void writesAValueToAFileThatExistsOnly() throws IOException {
        Path file = Files.createFile(directory.resolve("f"));
        files.write(file.toString(), "1024");
        assertEquals("1024", Files.readString(file));
        String large = "x".repeat(100_000);
        files.write(file.toString(), large);
        assertEquals(large, Files.readString(file));
        assertEquals(Errno.ENOENT, refusal(() -> files.write(directory + "/absent", "1")));
    }

    @Test
    void aRefusedValueNamesValueAndFile() {
        KernelException e = assertThrows(KernelException.class, () -> files.write("/dev/full", "99"));
        assertEquals("write '99' to /dev/full: No space left on device (ENOSPC)", e.getMessage());
    }

    @Test
    void opensCreatesAndAppends() throws IOException {
        String path = directory + "/made";
        files.open(path, 0640, OpenFlag.WRITE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE)
                .close();
        FileStat stat = files.stat(path);
        assertEquals(0640, stat.permissions());
        assertEquals(FileType.REGULAR, stat.type());
        assertEquals(
                Errno.EEXIST, refusal(() -> files.open(path, OpenFlag.WRITE, OpenFlag.CREATE, OpenFlag.EXCLUSIVE)));
        try (Descriptor handle = files.open(directory.toString(), OpenFlag.PATH_ONLY, OpenFlag.DIRECTORY);
                Descriptor below = files.openAt(handle, "made", 0, OpenFlag.READ)) {
            assertTrue(files.stat(below).sameFile(stat));
        }
        assertEquals(Errno.ENOTDIR, refusal(() -> files.open(path, OpenFlag.READ, OpenFlag.DIRECTORY)));
        Files.createSymbolicLink(directory.resolve("link"), Path.of(path));
        assertEquals(Errno.ELOOP, refusal(() -> files.open(directory + "/link", OpenFlag.READ, OpenFlag.NO_FOLLOW)));
    }

    @Test
    void descriptorsAreClosedOnExec() throws IOException {
        try (Descriptor file = files.open("/dev/null", OpenFlag.READ_WRITE)) {
            String info = Files.readString(Path.of("/proc/self/fdinfo/" + file.number()));
            int flags = Integer.parseInt(
                    info.lines()
                            .filter(l -> l.startsWith("flags:"))
                            .findFirst()
                            .orElseThrow()
                            .substring(6)
                            .strip(),
                    8);
            assertEquals(02000000, flags & 02000000);
        }
    }

    @Test
    void statsDevicesAndLinks() throws IOException {
        FileStat device = files.stat("/dev/null");
        assertEquals(FileType.CHARACTER_DEVICE, device.type());
        assertEquals(new DeviceNumber(1, 3), device.special());
        Path link = Files.createSymbolicLink(directory.resolve("l"), Path.of("/dev/null"));
        assertEquals(FileType.SYMBOLIC_LINK, files.statLink(link.toString()).type());
        assertEquals(FileType.CHARACTER_DEVICE, files.stat(link.toString()).type());
        assertEquals("/dev/null", files.readLink(link.toString()));
        assertEquals(
                Files.getAttribute(directory, "unix:ino"),
                files.stat(directory.toString()).inode());
        assertEquals(
                Files.getAttribute(directory, "unix:uid"),
                files.stat(directory.toString()).uid());
    }

    @Test
    void listsALargeDirectory() throws IOException {
        Set<DirectoryEntry> expected = new HashSet<>();
        for (int i = 0; i < 1500; i++) {
            String name = "a-name-long-enough-to-need-several-reads-" + i;
            Files.createFile(directory.resolve(name));
            expected.add(new DirectoryEntry(name, FileType.REGULAR));
        }
        files.makeDirectory(directory + "/d", 0755);
        expected.add(new DirectoryEntry("d", FileType.DIRECTORY));
        assertEquals(expected, new HashSet<>(files.list(directory.toString())));
    }

    @Test
    void makesAndRemoves() {
        String path = directory + "/d";
        files.makeDirectory(path, 0700);
        assertEquals(Errno.EEXIST, refusal(() -> files.makeDirectory(path, 0700)));
        assertTrue(files.exists(path));
        files.makeDirectory(path + "/e", 0700);
        assertEquals(Errno.ENOTEMPTY, refusal(() -> files.removeDirectory(path)));
        files.removeDirectory(path + "/e");
        files.removeDirectory(path);
        assertFalse(files.exists(path));
        assertEquals(Errno.ENOENT, refusal(() -> files.unlink(path)));
    }

    @Test
    void refusesNamesTheKernelCannotTake() {
        assertEquals(Errno.EINVAL, refusal(() -> files.read("/a\0b")));
        assertEquals(Errno.ENAMETOOLONG, refusal(() -> files.read("/" + "a/".repeat(3000))));
    }
}
