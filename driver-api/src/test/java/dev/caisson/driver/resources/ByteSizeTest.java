// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.resources;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caisson.driver.DriverException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ByteSizeTest {
    @ParameterizedTest
    @CsvSource({"0, 0", "17, 17", "64m, 67108864", "1.5G, 1610612736", "2KiB, 2048", "3kb, 3072", "-1, -1"})
    void isReadAsDockerDoes(String text, long bytes) {
        assertEquals(ByteSize.of(bytes), ByteSize.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "m", "-2", "1x", "1.5.5m", "9999999p", "1 m"})
    void whatIsNoSizeIsRefused(String text) {
        assertThrows(DriverException.class, () -> ByteSize.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 B", "1023, 1023 B", "1536, 1.5 KiB", "33554432, 32 MiB", "9223372036854775807, 8 EiB"})
    void isWrittenForPeople(long bytes, String text) {
        assertEquals(text, ByteSize.of(bytes).inUnits());
    }

    @Test
    void noLimitIsSaid() {
        assertEquals("unlimited", ByteSize.UNLIMITED.inUnits());
    }
}
