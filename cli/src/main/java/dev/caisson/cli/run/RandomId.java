// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;

/** Makes ids of 12 hexadecimal digits, as many as Docker shows of its own: they stand in messages. */
final class RandomId {
    private static final int BYTES = 6;

    private RandomId() {}

    /** Reads the kernel's own generator: java.security.SecureRandom takes tens of milliseconds to find its provider. */
    static String next() {
        byte[] bytes = new byte[BYTES];
        try (DataInputStream random = new DataInputStream(new FileInputStream("/dev/urandom"))) {
            random.readFully(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException("read /dev/urandom", failure);
        }
        return HexFormat.of().formatHex(bytes);
    }
}
