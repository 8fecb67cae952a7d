// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.MountFlag;
import dev.caisson.driver.command.Propagation;
import java.util.Set;

/** The kernel's MS_* numbers, mount(2). */
final class MountBits {
    private static final long REC = 1 << 14;
    private static final long UNBINDABLE = 1 << 17;
    private static final long PRIVATE = 1 << 18;
    private static final long SLAVE = 1 << 19;
    private static final long SHARED = 1 << 20;

    private MountBits() {}

    static long of(Set<MountFlag> flags) {
        long bits = 0;
        for (MountFlag flag : flags) {
            bits |= of(flag);
        }
        return bits;
    }

    private static long of(MountFlag flag) {
        return switch (flag) {
            case READONLY -> 1;
            case NOSUID -> 1 << 1;
            case NODEV -> 1 << 2;
            case NOEXEC -> 1 << 3;
            case SYNCHRONOUS -> 1 << 4;
            case MANDLOCK -> 1 << 6;
            case DIRSYNC -> 1 << 7;
            case NOSYMFOLLOW -> 1 << 8;
            case NOATIME -> 1 << 10;
            case NODIRATIME -> 1 << 11;
            case SILENT -> 1 << 15;
            case RELATIME -> 1 << 21;
            case IVERSION -> 1 << 23;
            case STRICTATIME -> 1 << 24;
            case LAZYTIME -> 1 << 25;
        };
    }

    static long of(Propagation propagation) {
        return switch (propagation) {
            case PRIVATE -> PRIVATE;
            case RPRIVATE -> PRIVATE | REC;
            case SHARED -> SHARED;
            case RSHARED -> SHARED | REC;
            case SLAVE -> SLAVE;
            case RSLAVE -> SLAVE | REC;
            case UNBINDABLE -> UNBINDABLE;
            case RUNBINDABLE -> UNBINDABLE | REC;
        };
    }
}
