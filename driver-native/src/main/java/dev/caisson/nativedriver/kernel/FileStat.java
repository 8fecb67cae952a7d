// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

/**
 * What the kernel tells of a file (statx(2)).
 *
 * @param type its kind
 * @param permissions the twelve lowest bits of its mode
 * @param uid owner
 * @param gid group
 * @param size in bytes
 * @param inode its number on its file system
 * @param device the file system it is on
 * @param special what a device node stands for; 0:0 for all others
 */
public record FileStat(
        FileType type,
        int permissions,
        int uid,
        int gid,
        long size,
        long inode,
        DeviceNumber device,
        DeviceNumber special) {

    /** Whether both are the same file on the same file system. */
    public boolean sameFile(FileStat other) {
        return inode == other.inode && device.equals(other.device);
    }
}
