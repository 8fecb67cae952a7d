// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.caisson.driver.Feature;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The kit finds nothing wrong with a driver that does everything right. */
class BreakableDriverTest {
    @Test
    void aDriverWithoutFaultsPassesEveryBehaviour() {
        KitRun.Result result = KitRun.all(Subject.Setup.of(new Fault.None()));
        assertEquals(Map.of(), result.failed());
        assertEquals(Map.of(), result.skipped());
        assertEquals(KitRun.behaviours(), result.passed());
    }

    @Test
    void whatTheMachineLacksIsSkippedAndNotHeldAgainstADriver() {
        KitRun.Result result =
                KitRun.all(new Subject.Setup(SimulatedMachine.bare(), new Fault.None(), EnumSet.allOf(Feature.class)));
        assertEquals(Map.of(), result.failed());
        assertFalse(result.skipped().isEmpty(), "behaviours that are skipped");
    }
}
