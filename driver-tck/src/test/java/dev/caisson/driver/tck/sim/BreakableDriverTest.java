// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.caisson.driver.Feature;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The kit finds nothing wrong with a driver that does everything right. */
class BreakableDriverTest {
    @Test
    void aDriverWithoutFaultsPassesEveryBehaviour() {
        KitRun.Result result = KitRun.all(Subject.Setup.of(new Fault.None()));
        assertEquals(Map.of(), result.failed());
        assertEquals(Map.of(), result.skipped());
        assertEquals(KitRun.behaviours(), result.passed());
    }

    /** A root filesystem and a network are the least that a driver can have. */
    @ParameterizedTest
    @CsvSource({"ROOTFS_DIRECTORY, NETWORK_NONE", "ROOTFS_HOST_COPY, NETWORK_HOST"})
    void aDriverWithoutFurtherFeaturesPassesByRefusals(Feature root, Feature network) {
        KitRun.Result result =
                KitRun.all(new Subject.Setup(SimulatedMachine.complete(), new Fault.None(), EnumSet.of(root, network)));
        assertEquals(Map.of(), result.failed());
        assertEquals(
                Set.of("anExitStatusTellsBlockIo", "capabilitiesAreDockersByDefault"),
                result.skipped().keySet());
    }

    @Test
    void whatTheMachineLacksIsSkippedAndNotHeldAgainstADriver() {
        KitRun.Result result =
                KitRun.all(new Subject.Setup(SimulatedMachine.bare(), new Fault.None(), EnumSet.allOf(Feature.class)));
        assertEquals(Map.of(), result.failed());
        assertFalse(result.skipped().isEmpty(), "behaviours that are skipped");
    }
}
