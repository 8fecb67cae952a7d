// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A process that could not be started: in which phase, and what the kernel answered. Nothing of it is left behind. */
public final class LaunchException extends DriverException {
    private static final long serialVersionUID = 1;

    private final String phase;
    private final int errno;
    private final int exitCode;

    /**
     * @param code the numbered reason
     * @param doing what was being done, on what
     * @param phase the step of the launch, such as {@code mount} or {@code exec}
     * @param errno what the kernel answered, 0 where it was not the kernel that refused
     * @param exitCode the exit code that a command line should end with: 126 not executable, 127 not found, else 125
     * @param why why it failed
     * @param remedy what the caller can do
     * @param cause what was caught, if anything
     */
    public LaunchException(
            ErrorCode code,
            String doing,
            String phase,
            int errno,
            int exitCode,
            String why,
            String remedy,
            @Nullable Throwable cause) {
        super(code, doing, why, remedy, cause);
        this.phase = requireNonNull(phase, "phase is null");
        this.errno = errno;
        this.exitCode = exitCode;
    }

    /** Returns the step of the launch that failed. */
    public String phase() {
        return phase;
    }

    /** Returns the kernel's errno, empty where it was not the kernel that refused. */
    public OptionalInt errno() {
        return errno == 0 ? OptionalInt.empty() : OptionalInt.of(errno);
    }

    /** Returns the exit code that a command line should end with: 125, 126 or 127, as {@code docker run} has them. */
    public int exitCode() {
        return exitCode;
    }
}
