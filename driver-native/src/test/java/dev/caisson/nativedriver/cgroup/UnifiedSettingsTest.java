// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.fake.RecordingKernel;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Limits of version 2 by the names of their files. */
class UnifiedSettingsTest {
    private static Resources unified(Map<String, String> files) {
        return Resources.builder().unified(files).build();
    }

    @Test
    void eachLineIsWrittenByItself() {
        assertEquals(
                List.of("io.max=8:0 rbps=10", "io.max=8:16 wbps=20"),
                Limits.planned(Machines.v2(), unified(Map.of("io.max", "8:0 rbps=10\n8:16 wbps=20\n"))));
    }

    @Test
    void aLineIsUndoneByOneForTheSameDevice() {
        RecordingKernel kernel = Machines.v2();
        Cgroup cgroup = Limits.running(kernel);
        kernel.fail("write 5", Errno.EBUSY);
        Limits.refusal(
                StandardErrorCode.LIMIT_REFUSED,
                "resources.unified[memory.high]",
                () -> cgroup.update(unified(Map.of("io.max", "8:32 rbps=10 wiops=1", "memory.high", "5"))));
        assertEquals(
                List.of("io.max=8:32 rbps=10 wiops=1", "memory.high=5", "io.max=8:32 rbps=max wiops=max"),
                Limits.writes(kernel));
    }

    @Test
    void twoValuesThatAreNoKeyAreWrittenAsTheyAre() {
        assertEquals(
                List.of("cpu.max=1000 10000"), Limits.planned(Machines.v2(), unified(Map.of("cpu.max", "1000 10000"))));
    }
}
