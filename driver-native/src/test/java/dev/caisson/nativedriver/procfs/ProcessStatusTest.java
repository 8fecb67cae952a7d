// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProcessStatusTest {
    private static final String SAMPLE = """
            Name:\tjava
            Uid:\t1000\t0\t0\t0
            Gid:\t0\t0\t0\t0
            CapInh:\t0000000000000000
            CapPrm:\t000001fffeffffff
            CapEff:\t000001fffeffffff
            CapBnd:\tffffffffffffffff
            """;

    @Test
    void readsUserAndCapabilities() {
        ProcessStatus status = ProcessStatus.parse(SAMPLE);
        assertEquals(1000, status.realUid());
        assertEquals(0, status.effectiveUid());
        assertTrue(status.may(21), "CAP_SYS_ADMIN");
        assertFalse(status.may(24), "CAP_SYS_RESOURCE");
        assertEquals(-1L, status.boundingCapabilities());
    }

    @Test
    void refusesGarbage() {
        assertThrows(MalformedFileException.class, () -> ProcessStatus.parse(""));
        assertThrows(
                MalformedFileException.class,
                () -> ProcessStatus.parse(SAMPLE.replace("CapEff:\t000001fffeffffff", "CapEff:\tmany")));
        assertThrows(MalformedFileException.class, () -> ProcessStatus.parse(SAMPLE.replace("1000\t0\t0\t0", "1000")));
    }
}
