// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.seccomp;

import dev.caisson.driver.command.Command;
import java.util.Optional;

/** The filter that a container's processes get. Thread-safe. */
@FunctionalInterface
public interface SeccompFilters {
    /**
     * Returns the compiled filter, or nothing for an unconfined container. Blocks while a profile is compiled for the first
     * time (some milliseconds).
     *
     * @throws dev.caisson.driver.DriverException of kind MACHINE without a usable libseccomp
     */
    Optional<SeccompFilter> filter(Command command);
}
