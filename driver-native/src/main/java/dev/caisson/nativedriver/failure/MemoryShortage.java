// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.failure;

import dev.caisson.driver.LaunchException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.nativedriver.cgroup.ExitReport;
import dev.caisson.nativedriver.shim.LaunchFailedException;
import dev.caisson.nativedriver.shim.Reply;
import java.util.List;
import java.util.Optional;

/**
 * A container that the kernel killed while it was being made, since its cgroup had no memory left. How much that takes
 * depends on the machine and on what is made, so that no check beforehand could tell.
 */
final class MemoryShortage {
    /** With twice what was seen to be needed for a shell on cgroup v1, Linux 6.18, two processors. */
    private static final ByteSize ENOUGH = ByteSize.ofMib(1);

    private static final int NOT_STARTED = 125;

    private MemoryShortage() {}

    /**
     * Returns what its caller is told, if that is why it failed.
     *
     * @param reportFiles whose contents the shim sent, in this order
     */
    static Optional<LaunchException> explain(
            String doing, MemoryLimits limits, List<String> reportFiles, LaunchFailedException cause) {
        Reply.Failed failed = cause.failed();
        if (failed.reports().isEmpty()
                || !ExitReport.parse(reportFiles, failed.reports()).oomKilled()) {
            return Optional.empty();
        }
        Optional<ByteSize> limit = limits.limit().filter(size -> !size.isUnlimited());
        String why = limit.map(
                        size -> "the memory limit of " + size.inUnits() + " is too small for the container to start")
                .orElse("a memory limit above the container's cgroup, or the machine's memory, was reached");
        return Optional.of(new LaunchException(
                StandardErrorCode.LAUNCH_FAILED,
                doing,
                failed.phase().label(),
                failed.errno(),
                NOT_STARTED,
                why + ": the kernel killed its init at the step '"
                        + failed.phase().label() + "'",
                limit.map(MemoryShortage::remedy).orElse("raise that limit, or free some memory"),
                cause));
    }

    private static String remedy(ByteSize limit) {
        return limit.bytes() < ENOUGH.bytes()
                ? "give at least " + ENOUGH.inUnits() + ", and what its program needs"
                : "give more";
    }
}
