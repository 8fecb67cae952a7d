// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.driver.Availability.Obstacle;
import dev.caisson.driver.DriverException;
import dev.caisson.nativedriver.kernel.Kernel;
import java.util.Optional;

/** Whether filters can be compiled and set here. */
public final class SeccompSupport {
    /** Since Linux 4.14; without it a kernel has no filters, or is too old for this driver anyway. */
    private static final String ACTIONS = "/proc/sys/kernel/seccomp/actions_avail";

    private SeccompSupport() {}

    /** What stands in the way, if anything does. */
    public static Optional<Obstacle> obstacle(Kernel kernel) {
        if (kernel.files().readIfPresent(ACTIONS).isEmpty()) {
            return Optional.of(new Obstacle(
                    "the kernel has no seccomp filters", "use one with CONFIG_SECCOMP_FILTER, or run unconfined"));
        }
        try {
            LibSeccomp.load();
            return Optional.empty();
        } catch (DriverException e) {
            return Optional.of(
                    new Obstacle("libseccomp can't be loaded: " + e.getMessage(), "install it (package libseccomp2)"));
        }
    }

    /** Whether the kernel hands out notifications (SECCOMP_RET_USER_NOTIF, Linux 5.0). */
    public static boolean canNotify(Kernel kernel) {
        return kernel.files()
                .readIfPresent(ACTIONS)
                .filter(actions -> actions.contains("user_notif"))
                .isPresent();
    }
}
