// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.nativedriver.procfs.Numbers;
import java.util.Optional;

/** The check that {@link MemoryLimits#checkBeforeUpdate} asks for. */
public final class MemoryInUse {
    private MemoryInUse() {}

    /**
     * Makes it, if it is asked for.
     *
     * @param usage control file that counts
     * @throws dev.caisson.driver.DriverException if the new limit is less than what is in use
     */
    public static void check(LimitRequest request, String usage) {
        MemoryLimits memory = request.resources().memory();
        Optional<ByteSize> limit = memory.limit().filter(size -> !size.isUnlimited());
        if (!memory.checkBeforeUpdate() || limit.isEmpty()) {
            return;
        }
        long used = request.current(usage).map(Numbers::single).orElse(0L);
        if (used > limit.get().bytes()) {
            throw request.refused(
                    "resources.memory.limit",
                    limit.get() + " bytes are less than the " + used + " in use",
                    "give more, or update without checkBeforeUpdate");
        }
    }
}
