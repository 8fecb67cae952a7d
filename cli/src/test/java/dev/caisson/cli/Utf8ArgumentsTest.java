// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class Utf8ArgumentsTest {
    @Test
    void theCharacterItselfMayBeGiven() {
        assertDoesNotThrow(() -> Utf8Arguments.check(List.of("run", "echo", "\uFFFD")));
        assertDoesNotThrow(() -> Utf8Arguments.checkRaw("echo\0\uFFFD".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] line = {'e', 'c', 'h', 'o', 0, (byte) 0xff, 0};
        assertThrows(UsageException.class, () -> Utf8Arguments.checkRaw(line));
    }
}
