// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Errno;
import java.util.List;
import java.util.Optional;

/**
 * How a container's cgroup is made, reported on and removed.
 *
 * @param container whose it is
 * @param place where it is
 * @param steps that make it, in order
 * @param reportFiles paths to be read when the container has ended, for {@link ExitReport}
 * @param removals directories to be removed at the end
 * @param hold to be told when the container's first process is in it, or will never be
 */
public record CgroupPlan(
        String container,
        CgroupPlace place,
        List<CgroupStep> steps,
        List<String> reportFiles,
        List<String> removals,
        CgroupHold hold) {
    public CgroupPlan {
        steps = List.copyOf(steps);
        reportFiles = List.copyOf(reportFiles);
        removals = List.copyOf(removals);
    }

    /**
     * The error for a write that the kernel refused to the process that made the cgroup.
     *
     * @param text the process's words, which name the control file
     * @return empty when the words are about none of the writes
     */
    public Optional<DriverException> refusal(String text, int errno) {
        return steps.stream()
                .filter(step -> step instanceof CgroupStep.Write write && text.contains(write.path()))
                .map(step -> refusal((CgroupStep.Write) step, errno))
                .findFirst();
    }

    private DriverException refusal(CgroupStep.Write write, int errno) {
        Errno reason = Errno.of(errno);
        return new DriverException(
                StandardErrorCode.LIMIT_REFUSED,
                "set " + write.field() + " of container \"" + container + "\"",
                "the kernel refused \"" + write.value() + "\" for " + write.path() + ": " + reason.text() + " ("
                        + reason.name() + ")",
                Refusals.remedy(write.field(), reason));
    }
}
