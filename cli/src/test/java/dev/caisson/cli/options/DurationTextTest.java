// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.caisson.driver.DriverException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationTextTest {
    @ParameterizedTest
    @CsvSource({"300ms,300", "1.5s,1500", "1m30s,90000", "2h,7200000", "10,10000", "0.25,250", "1h1m1s1ms,3661001"})
    void timesAreRead(String text, long millis) {
        assertEquals(Duration.ofMillis(millis), DurationText.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1d", "1m 30s", "9999999999h", "1s2"})
    void otherThingsAreRefused(String text) {
        assertThrows(DriverException.class, () -> DurationText.parse(text));
    }

    @Test
    void theRefusalSaysWhatWouldBeRight() {
        DriverException refused = assertThrows(DriverException.class, () -> DurationText.parse("1d"));
        assertEquals(
                "read time \"1d\": it is no length of time; give a number with ms, s, m or h behind it, such as 500ms, 10s"
                        + " or 1m30s",
                refused.getMessage());
    }
}
