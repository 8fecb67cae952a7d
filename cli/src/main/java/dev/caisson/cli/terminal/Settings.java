// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.terminal;

import java.nio.ByteBuffer;

/** What a terminal is set to: a struct termios, as the kernel has filled it. */
final class Settings {
    private static final int FLAG_WORDS = 4;
    private static final int CHARACTERS = 32;

    private final ByteBuffer termios;

    Settings(ByteBuffer termios) {
        this.termios = termios;
    }

    ByteBuffer termios() {
        return termios;
    }

    /** Returns an independent copy. */
    ByteBuffer copy() {
        ByteBuffer copy = ByteBuffer.allocateDirect(termios.capacity()).order(termios.order());
        copy.put(termios.duplicate().rewind());
        return copy.rewind();
    }

    /** Returns them as {@code stty -g} prints and takes them: the four words of flags, then the special characters. */
    String sttyText() {
        StringBuilder text = new StringBuilder();
        for (int word = 0; word < FLAG_WORDS; word++) {
            text.append(Integer.toHexString(termios.getInt(word * Integer.BYTES)))
                    .append(':');
        }
        // The byte after the flags is the line discipline.
        int first = FLAG_WORDS * Integer.BYTES + 1;
        for (int i = 0; i < CHARACTERS; i++) {
            text.append(Integer.toHexString(termios.get(first + i) & 0xff)).append(i == CHARACTERS - 1 ? "" : ":");
        }
        return text.toString();
    }
}
