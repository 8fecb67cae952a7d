// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.procfs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessStatTest {
    private static final String REST =
            " S 17 1 1 0 -1 4194560 59045 648775 0 179 278 643 944 475 10 -10 13 0 23 53993472"
                    + " 5191 18446744073709551615 1 1 0 0 0 0 0 4096 1256 0 0 0 17 1 0 0 0 0 0\n";

    @Test
    void readsTheFields() {
        assertEquals(
                new ProcessStat(42, "sh", 'S', 17, 278, 643, 23, 5191, false), ProcessStat.parse("42 (sh)" + REST));
    }

    /** 4194560 is 0x400100; the pending signals are the seventh number behind 5191. */
    @Test
    void aProcessThatWasKilledIsDyingUntilItIsAZombie() {
        assertTrue(ProcessStat.parse("42 (sh)" + REST.replace("4194560", "4194564"))
                .dying());
        assertTrue(ProcessStat.parse("42 (sh)" + REST.replace("4194560", "4195584"))
                .dying());
        String killed = REST.replace("1 1 0 0 0 0 0 4096", "1 1 0 0 0 256 0 4096");
        assertTrue(ProcessStat.parse("42 (sh)" + killed).dying());
        assertFalse(ProcessStat.parse("42 (sh)" + killed.replace(" S ", " Z ")).dying());
    }

    @Test
    void aNameMayHoldAnything() {
        assertEquals(") S (1 \n)", ProcessStat.parse("42 () S (1 \n))" + REST).name());
        assertEquals("", ProcessStat.parse("42 ()" + REST).name());
    }

    @Test
    void readsThisProcess() throws IOException {
        ProcessStat self = ProcessStat.parse(Files.readString(Path.of("/proc/self/stat")));
        assertEquals(ProcessHandle.current().pid(), self.pid());
        assertEquals(ProcessHandle.current().parent().orElseThrow().pid(), self.parent());
        assertTrue(self.startTime() > 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "42 (sh S 1 2", "42 (sh) S 1 2 3", "x (sh) S"})
    void refusesGarbage(String content) {
        assertThrows(MalformedFileException.class, () -> ProcessStat.parse(content));
    }
}
