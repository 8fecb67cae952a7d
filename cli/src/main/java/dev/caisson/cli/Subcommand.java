// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

import java.util.List;
import java.util.Optional;

/** One of the commands behind {@code caisson}. */
public interface Subcommand {
    /** Returns what help and completion show. */
    CommandPage page();

    /**
     * Carries it out.
     *
     * @return the exit code, or empty if its help was asked for
     * @throws UsageException if the arguments can't be understood
     * @throws dev.caisson.driver.DriverException if a driver can't do it
     */
    Optional<Integer> execute(List<String> arguments) throws InterruptedException;
}
