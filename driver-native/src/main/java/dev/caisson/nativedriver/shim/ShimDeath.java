// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;

/**
 * The unexpected end of a shim.
 *
 * @param pid which it was, 0 if that is not known
 * @param how what became of it, such as {@code was killed}
 */
public record ShimDeath(int pid, String how) implements Breakage {
    @Override
    public DriverException during(String doing) {
        return new DriverException(
                StandardErrorCode.HELPER_DIED,
                doing,
                "the helper process caisson-shim " + (pid == 0 ? "" : "(pid " + pid + ") ") + how
                        + "; its containers were killed with it",
                "find out what ended it (the kernel's log tells of out of memory); new containers can be started");
    }
}
