// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import java.time.Duration;

/** A process stuck in the kernel, such as on a dead network file system, does not stop before it returns. */
public final class FreezeTimeout {
    /** How long a freezer tries. */
    public static final Duration MOST = Duration.ofSeconds(10);

    private FreezeTimeout() {}

    /** Returns what is thrown when that was not enough. */
    public static DriverException of(String cgroup) {
        return new DriverException(
                StandardErrorCode.INTERNAL,
                "freeze cgroup " + cgroup,
                "not all of its processes stopped within " + MOST.toSeconds() + " s",
                "look for processes in state D: they wait for a device");
    }
}
