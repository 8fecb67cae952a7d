// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.launch;

import dev.caisson.driver.DriverException;
import dev.caisson.nativedriver.cgroup.CgroupPlan;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.failure.LaunchFailure;
import dev.caisson.nativedriver.shim.LaunchFailedException;
import dev.caisson.nativedriver.shim.LaunchPhase;
import dev.caisson.nativedriver.shim.ShimProcess;

/**
 * A container whose launch was sent to the shim.
 *
 * @param container what it is to become
 * @param process its init
 * @param cgroup how its cgroup is made
 */
public record InitLaunch(ActiveContainer container, ShimProcess process, CgroupPlan cgroup) {
    /** Returns what the caller is told of a failure. */
    public DriverException failure(String doing, LaunchFailedException failed) {
        String text = failed.failed().text();
        int errno = failed.failed().errno();
        if (failed.failed().phase() == LaunchPhase.CGROUP
                && cgroup.refusal(text, errno).isPresent()) {
            return cgroup.refusal(text, errno).get();
        }
        return LaunchFailure.ofContainer(doing, container.command(), cgroup.reportFiles(), failed);
    }
}
