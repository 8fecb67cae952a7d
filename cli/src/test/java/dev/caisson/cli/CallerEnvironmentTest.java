// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class CallerEnvironmentTest {
    @Test
    void aLocaleThatWasSetComesBack() {
        assertEquals(
                Map.of("LC_ALL", "de_DE", "A", "b"),
                CallerEnvironment.of(Map.of("LC_ALL", "C.UTF-8", "CAISSON_CALLER_LC_ALL", "=de_DE", "A", "b")));
    }

    @Test
    void oneThatWasSetToNothingComesBack() {
        assertEquals(
                Map.of("LC_ALL", ""), CallerEnvironment.of(Map.of("LC_ALL", "C.UTF-8", "CAISSON_CALLER_LC_ALL", "=")));
    }

    @Test
    void oneThatWasNotSetIsGone() {
        assertEquals(Map.of(), CallerEnvironment.of(Map.of("LC_ALL", "C.UTF-8", "CAISSON_CALLER_LC_ALL", "")));
    }

    @Test
    void withoutTheScriptNothingChanges() {
        assertEquals(Map.of("LC_ALL", "C"), CallerEnvironment.of(Map.of("LC_ALL", "C")));
    }
}
