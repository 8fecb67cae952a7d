// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/** What kind of file a name stands for. */
public enum FileType {
    REGULAR,
    DIRECTORY,
    SYMBOLIC_LINK,
    CHARACTER_DEVICE,
    BLOCK_DEVICE,
    FIFO,
    SOCKET,
    /** A file system that does not tell, in a directory listing. */
    UNKNOWN;

    /** The type in the S_IFMT bits of a mode (inode(7)). */
    public static FileType ofMode(int mode) {
        return ofDirent((mode >> 12) & 0xf);
    }

    /** The type in the {@code d_type} of a directory entry (readdir(3)): the same numbers as in a mode. */
    public static FileType ofDirent(int type) {
        return switch (type) {
            case 1 -> FIFO;
            case 2 -> CHARACTER_DEVICE;
            case 4 -> DIRECTORY;
            case 6 -> BLOCK_DEVICE;
            case 8 -> REGULAR;
            case 10 -> SYMBOLIC_LINK;
            case 12 -> SOCKET;
            default -> UNKNOWN;
        };
    }
}
