// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A program of 32 bit x86 that needs nothing but the kernel, written down byte by byte. */
final class TinyProgram {
    private static final int BASE = 0x0804_8000;
    private static final int HEADERS = 52 + 32;
    /** mov eax, 1 (exit); mov ebx, 42; int 0x80. */
    private static final byte[] CODE = {(byte) 0xb8, 1, 0, 0, 0, (byte) 0xbb, 42, 0, 0, 0, (byte) 0xcd, (byte) 0x80};

    private TinyProgram() {}

    /** Returns an executable file, elf(5), that ends with 42. */
    static byte[] exit42() {
        int size = HEADERS + CODE.length;
        ByteBuffer file = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        file.put(new byte[] {0x7f, 'E', 'L', 'F', 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        file.putShort((short) 2).putShort((short) 3).putInt(1);
        file.putInt(BASE + HEADERS).putInt(52).putInt(0).putInt(0);
        file.putShort((short) 52).putShort((short) 32).putShort((short) 1);
        file.putShort((short) 40).putShort((short) 0).putShort((short) 0);
        file.putInt(1)
                .putInt(0)
                .putInt(BASE)
                .putInt(BASE)
                .putInt(size)
                .putInt(size)
                .putInt(5)
                .putInt(4096);
        file.put(CODE);
        return file.array();
    }
}
