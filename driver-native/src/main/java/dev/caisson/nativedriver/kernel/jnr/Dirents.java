// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.kernel.jnr;

import dev.caisson.nativedriver.kernel.DirectoryEntry;
import dev.caisson.nativedriver.kernel.FileType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code struct linux_dirent64} (getdents64(2)): u64 inode, i64 offset, u16 length, u8 type, name with its NUL. */
final class Dirents {
    private static final int LENGTH = 16;
    private static final int TYPE = 18;
    private static final int NAME = 19;

    private Dirents() {}

    /** Adds the entries in the given bytes of memory, without {@code .} and {@code ..}. */
    static void read(ByteBuffer memory, int bytes, List<DirectoryEntry> into) {
        int at = 0;
        while (at < bytes) {
            String name = name(memory, at + NAME);
            if (!name.equals(".") && !name.equals("..")) {
                into.add(new DirectoryEntry(name, FileType.ofDirent(memory.get(at + TYPE))));
            }
            at += memory.getShort(at + LENGTH) & 0xffff;
        }
    }

    private static String name(ByteBuffer memory, int at) {
        int end = at;
        while (memory.get(end) != 0) {
            end++;
        }
        byte[] bytes = new byte[end - at];
        memory.get(at, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
