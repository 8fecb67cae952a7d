// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.systemd;

import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.driver.resources.Resources;
import dev.caisson.nativedriver.cgroup.v2.CpuWeight;
import dev.caisson.nativedriver.procfs.NumberList;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The limits that systemd has properties for (systemd.resource-control(5)). They are written to the cgroup's files as well;
 * but what systemd doesn't know of it would take away when it reads its configuration anew.
 */
final class ScopeProperties {
    private static final long UNLIMITED = -1;
    private static final long MICROS_IN_SECOND = 1_000_000;

    /** systemd keeps whole percents, of which this is one. */
    private static final long GRAIN = 10_000;

    private static final long STANDARD_PERIOD = 100_000;

    private ScopeProperties() {}

    static List<Property> of(Resources resources) {
        List<Property> properties = new ArrayList<>();
        memory(resources.memory(), properties);
        cpu(resources.cpu(), properties);
        resources
                .pids()
                .ifPresent(most -> properties.add(new Property.Number("TasksMax", most < 0 ? UNLIMITED : most)));
        return properties;
    }

    private static void memory(MemoryLimits memory, List<Property> properties) {
        memory.limit().ifPresent(size -> properties.add(bytes("MemoryMax", size)));
        memory.reservation().ifPresent(size -> properties.add(bytes("MemoryLow", size)));
        memory.swap().ifPresent(both -> {
            if (both.isUnlimited()) {
                properties.add(new Property.Number("MemorySwapMax", UNLIMITED));
            } else {
                // Both together here, swap alone there. Without a limit of memory the cgroup's own check refuses it.
                memory.limit()
                        .filter(limit -> !limit.isUnlimited() && limit.bytes() <= both.bytes())
                        .ifPresent(limit ->
                                properties.add(new Property.Number("MemorySwapMax", both.bytes() - limit.bytes())));
            }
        });
    }

    private static Property bytes(String name, ByteSize size) {
        return new Property.Number(name, size.isUnlimited() ? UNLIMITED : size.bytes());
    }

    private static void cpu(CpuLimits cpu, List<Property> properties) {
        cpu.shares().ifPresent(shares -> properties.add(new Property.Number("CPUWeight", CpuWeight.ofShares(shares))));
        cpu.period().ifPresent(period -> properties.add(new Property.Number("CPUQuotaPeriodUSec", period)));
        cpu.quota()
                .ifPresent(quota ->
                        properties.add(new Property.Number("CPUQuotaPerSecUSec", perSecond(quota, cpu.period()))));
        cpu.cpus().ifPresent(list -> properties.add(bits("AllowedCPUs", list)));
        cpu.mems().ifPresent(list -> properties.add(bits("AllowedMemoryNodes", list)));
    }

    private static long perSecond(long quota, OptionalLong period) {
        if (quota < 0) {
            return UNLIMITED;
        }
        long exact = quota * MICROS_IN_SECOND / period.orElse(STANDARD_PERIOD);
        return (exact + GRAIN - 1) / GRAIN * GRAIN;
    }

    private static Property bits(String name, String list) {
        return new Property.Bits(name, NumberList.parse(list).toByteArray());
    }
}
