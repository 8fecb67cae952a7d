// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.chaos;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** A few rounds of {@link Chaos}; {@code -Dcaisson.chaos.rounds=100} gives more. */
class ChaosRootTest {
    @Test
    void killedEnginesLeaveNothingAndLoseNothing() throws Exception {
        ChaosReport report = Chaos.run(Integer.getInteger("caisson.chaos.rounds", 3), System.nanoTime());
        System.out.println(report);
        assertEquals(List.of(), report.faults());
    }
}
