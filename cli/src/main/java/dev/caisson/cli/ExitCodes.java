// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli;

import dev.caisson.driver.Signal;

/** The exit codes that are ours and not a container's. */
public final class ExitCodes {
    public static final int OK = 0;

    /** {@code doctor} found that nothing can run here. */
    public static final int UNHEALTHY = 1;

    /** --timeout ended it, as timeout(1) has it. */
    public static final int TIMED_OUT = 124;

    /** Caisson itself failed, as docker run has it. */
    public static final int FAILED = 125;

    private ExitCodes() {}

    /** Returns the code of what a signal has ended, as shells give it. */
    public static int of(Signal signal) {
        return 128 + signal.number();
    }
}
