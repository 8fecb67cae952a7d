// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.CpuLimits;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.driver.resources.Resources;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Changes the limits of a simulated container: those that are given. */
final class Updates {
    private Updates() {}

    static void apply(String doing, Usage usage, Resources given, Fault fault) {
        Resources old = usage.limits();
        boolean small = given.memory().checkBeforeUpdate()
                && given.memory()
                        .limit()
                        .filter(limit -> limit.bytes() < usage.memory())
                        .isPresent();
        if (fault.is(Wrong.UPDATES_HALF)) {
            usage.limit(old.toBuilder()
                    .pids(given.pids().orElse(old.pids().orElse(-1)))
                    .build());
        }
        if (small) {
            throw new DriverException(StandardErrorCode.LIMIT_REFUSED, doing, "more memory is in use", "give more");
        }
        if (fault.is(Wrong.UPDATES_FORGET_THE_OTHERS)) {
            usage.limit(given);
            return;
        }
        usage.limit(new Resources(
                memory(old.memory(), given.memory()),
                cpu(old.cpu(), given.cpu()),
                given.pids().isPresent() ? given.pids() : old.pids(),
                old.blockIo(),
                old.hugepages(),
                old.devices(),
                old.network(),
                old.rdma(),
                old.unified()));
    }

    private static MemoryLimits memory(MemoryLimits old, MemoryLimits given) {
        return new MemoryLimits(
                or(given.limit(), old.limit()),
                or(given.swap(), old.swap()),
                or(given.reservation(), old.reservation()),
                or(given.kernel(), old.kernel()),
                or(given.kernelTcp(), old.kernelTcp()),
                given.swappiness().isPresent() ? given.swappiness() : OptionalInt.empty(),
                or(given.disableOomKiller(), old.disableOomKiller()),
                false);
    }

    private static CpuLimits cpu(CpuLimits old, CpuLimits given) {
        return new CpuLimits(
                or(given.shares(), old.shares()),
                or(given.quota(), old.quota()),
                or(given.burst(), old.burst()),
                or(given.period(), old.period()),
                or(given.realtimeRuntime(), old.realtimeRuntime()),
                or(given.realtimePeriod(), old.realtimePeriod()),
                or(given.cpus(), old.cpus()),
                or(given.mems(), old.mems()),
                or(given.idle(), old.idle()));
    }

    private static <T> Optional<T> or(Optional<T> given, Optional<T> old) {
        return given.isPresent() ? given : old;
    }

    private static OptionalLong or(OptionalLong given, OptionalLong old) {
        return given.isPresent() ? given : old;
    }
}
