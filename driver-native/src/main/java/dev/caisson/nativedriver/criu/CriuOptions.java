// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import java.nio.file.Path;

/**
 * The options of a dump or restore, {@code criu_opts} of CRIU's {@code rpc.proto}; what each of them does is told by the option
 * of the same name in criu(8). Not thread-safe.
 */
final class CriuOptions {
    /** Everything: the log is the only account of a failure. */
    private static final int LOG_LEVEL = 4;

    private static final int NO_DESCRIPTOR = -1;

    private final ProtoWriter message = new ProtoWriter();

    /**
     * Begins with where it reads and writes. By path: a directory that it is given open is looked up through our own /proc,
     * and so lies in our mount namespace, where one with another can't mount.
     */
    CriuOptions(Path images, String logFile) {
        message.number(1, NO_DESCRIPTOR)
                .text(68, images.toString())
                .number(9, LOG_LEVEL)
                .text(10, logFile)
                // Told of each step, and given the master of a terminal whose container is brought back.
                .flag(12, true)
                .flag(50, true)
                // A bind mount's master is a mount of the host's.
                .flag(29, true)
                .flag(30, true);
    }

    void pid(int pid) {
        message.number(2, pid);
    }

    void leaveRunning(boolean set) {
        message.flag(3, set);
    }

    void externalUnixSockets(boolean set) {
        message.flag(4, set);
    }

    void tcpEstablished(boolean set) {
        message.flag(5, set);
    }

    void shellJob(boolean set) {
        message.flag(7, set);
    }

    void fileLocks(boolean set) {
        message.flag(8, set);
    }

    void pageServer(String address, int port) {
        message.message(11, new ProtoWriter().text(1, address).number(2, port));
    }

    /** The directory that is the root of what is restored: a mount point. */
    void root(String path) {
        message.text(13, path);
    }

    /** An earlier image, relative to the image directory. */
    void parentImage(String path) {
        message.text(14, path);
    }

    void trackMemory(boolean set) {
        message.flag(15, set);
    }

    void autoDedup(boolean set) {
        message.flag(16, set);
    }

    /** @param controller empty: all that have none of their own */
    void cgroupRoot(String controller, String path) {
        ProtoWriter root = new ProtoWriter();
        if (!controller.isEmpty()) {
            root.text(1, controller);
        }
        message.message(25, root.text(2, path));
    }

    /** The init becomes a child of our shim: its parent is CRIU's. */
    void restoreAsSibling() {
        message.flag(26, true);
    }

    /** @param number of a descriptor of CRIU's own */
    void inherit(String key, int number) {
        message.message(27, new ProtoWriter().text(1, key).number(2, number));
    }

    void cgroupMode(CriuCgroupMode mode) {
        message.number(34, mode.number());
    }

    void external(String what) {
        message.text(37, what);
    }

    void freezeCgroup(String directory) {
        message.text(44, directory);
    }

    void lazyPages(boolean set) {
        message.flag(48, set);
    }

    void networkLock(CriuNetworkLock lock) {
        message.number(64, lock.number());
    }

    ProtoWriter message() {
        return message;
    }
}
