// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.probe;

/** What the probe can try, where the answer is whether it may. */
public enum Deed {
    /** chown(2): path, owner. */
    CHANGE_OWNER,
    /** execve(2): path. */
    EXECUTE,
    /** Write so many zeros: path, bytes. */
    FILL,
    /** Write so many MiB past the page cache: path, MiB. */
    FILL_DIRECT,
    /** mkdir(2): path. */
    MAKE_DIRECTORY,
    /** mknod(2): path, {@code c MAJOR MINOR}. */
    MAKE_NODE,
    /** An ICMP echo: address. */
    PING,
    /** Read one byte: path. */
    READ,
    /** kill(2) with signal 0: pid. */
    SIGNAL_ZERO,
    /** unshare(2): option of unshare(1). */
    UNSHARE,
    /** Write: path, text. */
    WRITE
}
