// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel;

import java.util.List;
import java.util.Optional;

/** Calls on files by path. Relative paths are refused nowhere but make sense nowhere: give absolute ones. */
public interface FileCalls {
    /** Opens a file; a file that {@link OpenFlag#CREATE} makes gets mode 0600. */
    default Descriptor open(String path, OpenFlag first, OpenFlag... others) {
        return open(path, 0600, first, others);
    }

    /** Opens a file; {@code mode} is that of a file made by {@link OpenFlag#CREATE}, less the umask. */
    Descriptor open(String path, int mode, OpenFlag first, OpenFlag... others);

    /** Opens a file by its name in an open directory. */
    Descriptor openAt(Descriptor directory, String name, int mode, OpenFlag first, OpenFlag... others);

    /** The whole content of a file. Meant for the kernel's small files: everything is kept in memory. */
    byte[] readBytes(String path);

    /** The whole content as text, with the newline at its end as the kernel wrote it. */
    String read(String path);

    /**
     * As {@link #read}, or empty when there is no such file or directory (ENOENT, ENOTDIR), or the process has ended whose
     * file in /proc it is (ESRCH).
     */
    Optional<String> readIfPresent(String path);

    /**
     * Writes a value to a file that exists, in one {@code write} call, as the control files of the kernel want it.
     *
     * @throws KernelException with the call {@code write} when the kernel refuses the value
     */
    void write(String path, String value);

    /** Makes a directory with exactly this mode, less the umask. */
    void makeDirectory(String path, int mode);

    /** Makes a FIFO with exactly this mode, less the umask. */
    void makeFifo(String path, int mode);

    /** Removes an empty directory. */
    void removeDirectory(String path);

    /** Removes a name that is not a directory. */
    void unlink(String path);

    /** Whether the path leads to something, links followed; an unreadable parent is an error, not a no. */
    boolean exists(String path);

    /** Whether this process may write to what a path leads to; not when there is nothing. */
    boolean isWritable(String path);

    /** What a path leads to, links followed. */
    FileStat stat(String path);

    /** What stands at a path; a link is not followed. */
    FileStat statLink(String path);

    /** What an open descriptor is. */
    FileStat stat(Descriptor descriptor);

    /** Where a symbolic link points, as it is written in it. */
    String readLink(String path);

    /** The names in a directory with their types, without {@code .} and {@code ..}, in the kernel's order. */
    List<DirectoryEntry> list(String path);
}
