// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.systemd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.driver.resources.Resources;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What systemd is told of limits. */
class ScopePropertiesTest {
    @Test
    void noLimitsAreNoProperties() {
        assertEquals(List.of(), ScopeProperties.of(Resources.none()));
    }

    @Test
    void swapIsCountedApart() {
        MemoryLimits memory = MemoryLimits.builder()
                .limit(ByteSize.ofMib(10))
                .reservation(ByteSize.ofMib(5))
                .swap(ByteSize.ofMib(30))
                .build();
        assertEquals(
                List.of(
                        new Property.Number("MemoryMax", 10L << 20),
                        new Property.Number("MemoryLow", 5L << 20),
                        new Property.Number("MemorySwapMax", 20L << 20)),
                ScopeProperties.of(Resources.builder().memory(memory).build()));
    }

    @Test
    void processorTimeIsAPartOfASecondInWholePercents() {
        CpuLimits cpu = CpuLimits.builder()
                .shares(1024)
                .period(60_000)
                .quota(20_000)
                .cpus("0,9")
                .build();
        assertEquals(
                List.of(
                        new Property.Number("CPUWeight", 100),
                        new Property.Number("CPUQuotaPeriodUSec", 60_000),
                        new Property.Number("CPUQuotaPerSecUSec", 340_000),
                        new Property.Bits("AllowedCPUs", new byte[] {1, 2}),
                        new Property.Number("TasksMax", -1)),
                ScopeProperties.of(Resources.builder().cpu(cpu).pids(-1).build()));
    }
}
