// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Refuses arguments that are no UTF-8: a JVM puts U+FFFD in the place of such bytes, and others would arrive than were given. */
final class Utf8Arguments {
    private static final String REPLACEMENT = "\uFFFD";

    private Utf8Arguments() {}

    /** @throws UsageException if one of this process's arguments is no UTF-8 */
    static void check(List<String> arguments) {
        if (arguments.stream().anyMatch(argument -> argument.contains(REPLACEMENT))) {
            checkRaw(commandLine());
        }
    }

    /** The character may have been given as it is; only the bytes tell. */
    static void checkRaw(byte[] commandLine) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(commandLine));
        } catch (CharacterCodingException broken) {
            throw new UsageException(
                    List.of("an argument is no UTF-8, the only text that a container can be given; convert it"));
        }
    }

    private static byte[] commandLine() {
        try (InputStream input = new FileInputStream("/proc/self/cmdline")) {
            return input.readAllBytes();
        } catch (IOException failure) {
            throw new UncheckedIOException("read /proc/self/cmdline", failure);
        }
    }
}
