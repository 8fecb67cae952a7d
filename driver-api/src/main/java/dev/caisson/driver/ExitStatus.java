// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * How a container's run ended.
 *
 * @param termination what became of its init
 * @param oomKilled the kernel killed something in it because its memory limit was reached
 * @param startedAt when the user's process was started
 * @param finishedAt when its init ended
 * @param usage what the whole run has used
 */
public record ExitStatus(
        Termination termination, boolean oomKilled, Instant startedAt, Instant finishedAt, Usage usage) {
    public ExitStatus {
        requireNonNull(termination, "termination is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(finishedAt, "finishedAt is null");
        requireNonNull(usage, "usage is null");
    }

    /** Returns the status of a run that ended by itself with a code. */
    public static ExitStatus exited(int code, Instant startedAt, Instant finishedAt, Usage usage) {
        return new ExitStatus(new Termination.Exited(code), false, startedAt, finishedAt, usage);
    }

    /** Returns the status of a run that a signal ended. */
    public static ExitStatus signalled(Signal signal, Instant startedAt, Instant finishedAt, Usage usage) {
        return new ExitStatus(new Termination.Signalled(signal, false), false, startedAt, finishedAt, usage);
    }

    /** Returns the status of a run in which the memory limit struck. */
    public static ExitStatus oomKilled(Termination termination, Instant startedAt, Instant finishedAt, Usage usage) {
        return new ExitStatus(termination, true, startedAt, finishedAt, usage);
    }

    /** Returns the exit code as shells give it, see {@link Termination#shellCode()}. */
    public int shellCode() {
        return termination.shellCode();
    }

    /** Returns the wall time of the run. */
    public Duration elapsed() {
        return Duration.between(startedAt, finishedAt);
    }
}
