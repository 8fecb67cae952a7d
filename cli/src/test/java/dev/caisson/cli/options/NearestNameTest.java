// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    private static final List<String> NAMES = List.of("--memory", "--memory-swap", "--name", "--network");

    @Test
    void aSlipFindsItsName() {
        assertEquals(Optional.of("--memory"), NearestName.of("--memroy", NAMES));
        assertEquals(Optional.of("--network"), NearestName.of("--networks", NAMES));
    }

    @Test
    void somethingElseFindsNothing() {
        assertEquals(Optional.empty(), NearestName.of("--detach-keys", NAMES));
        assertEquals(Optional.empty(), NearestName.of("x", NAMES));
    }
}
