// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.field;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every field of a Command has a behaviour that says it sees the effect. That it does is proved elsewhere. */
class FieldCoverageTest {
    @Test
    void everyFieldIsObserved() {
        FieldCoverage coverage = FieldCoverage.ofKit();
        assertEquals(List.of(), coverage.unobserved());
        assertEquals(Set.of(), coverage.unknown());
    }
}
