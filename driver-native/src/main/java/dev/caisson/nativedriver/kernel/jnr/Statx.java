// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import dev.caisson.nativedriver.kernel.DeviceNumber;
import dev.caisson.nativedriver.kernel.FileStat;
import dev.caisson.nativedriver.kernel.FileType;
import java.nio.ByteBuffer;

/** {@code struct statx} (statx(2)): unlike {@code struct stat}, the same on every architecture. */
final class Statx {
    static final int SIZE = 256;
    static final int BASIC_STATS = 0x7ff;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_EMPTY_PATH = 0x1000;

    private static final int UID = 20;
    private static final int GID = 24;
    private static final int MODE = 28;
    private static final int INODE = 32;
    private static final int FILE_SIZE = 40;
    private static final int RDEV = 128;
    private static final int DEV = 136;

    private Statx() {}

    static FileStat read(ByteBuffer memory, int at) {
        int mode = memory.getShort(at + MODE) & 0xffff;
        return new FileStat(
                FileType.ofMode(mode),
                mode & 07777,
                memory.getInt(at + UID),
                memory.getInt(at + GID),
                memory.getLong(at + FILE_SIZE),
                memory.getLong(at + INODE),
                device(memory, at + DEV),
                device(memory, at + RDEV));
    }

    private static DeviceNumber device(ByteBuffer memory, int at) {
        return new DeviceNumber(memory.getInt(at), memory.getInt(at + 4));
    }
}
