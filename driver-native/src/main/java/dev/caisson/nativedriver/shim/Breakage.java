// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import dev.caisson.driver.DriverException;

/** Why the shim will say no more of a process. */
@FunctionalInterface
public interface Breakage {
    /** Returns what one who waited for it is told; each gets an exception of its own. */
    DriverException during(String doing);
}
