// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.hook;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Keeps the end of what is written to it. */
public final class TailBuffer extends OutputStream {
    private static final int MOST = 4096;

    private byte[] tail = new byte[0];

    @Override
    public synchronized void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int offset, int length) {
        byte[] all = Arrays.copyOf(tail, tail.length + length);
        System.arraycopy(bytes, offset, all, tail.length, length);
        tail = all.length <= MOST ? all : Arrays.copyOfRange(all, all.length - MOST, all.length);
    }

    /** Returns what it has, without blanks around. */
    public synchronized String text() {
        return new String(tail, StandardCharsets.UTF_8).strip();
    }
}
