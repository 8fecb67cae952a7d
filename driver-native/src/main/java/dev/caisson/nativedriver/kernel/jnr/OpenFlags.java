// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import dev.caisson.nativedriver.kernel.OpenFlag;

/** The numbers of open(2)'s flags. */
final class OpenFlags {
    static final int CLOEXEC = 0x80000;
    static final int NONBLOCK = 0x800;

    /** On ARM these two changed places with O_DIRECT and O_LARGEFILE (arch/arm64/include/uapi/asm/fcntl.h). */
    private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));

    private OpenFlags() {}

    static int of(OpenFlag first, OpenFlag... others) {
        int flags = CLOEXEC | number(first);
        for (OpenFlag other : others) {
            flags |= number(other);
        }
        return flags;
    }

    private static int number(OpenFlag flag) {
        return switch (flag) {
            case READ -> 0;
            case WRITE -> 1;
            case READ_WRITE -> 2;
            case CREATE -> 0x40;
            case EXCLUSIVE -> 0x80;
            case NO_CONTROLLING_TERMINAL -> 0x100;
            case TRUNCATE -> 0x200;
            case APPEND -> 0x400;
            case NON_BLOCKING -> NONBLOCK;
            case DIRECTORY -> ARM ? 0x4000 : 0x10000;
            case NO_FOLLOW -> ARM ? 0x8000 : 0x20000;
            case PATH_ONLY -> 0x200000;
        };
    }
}
