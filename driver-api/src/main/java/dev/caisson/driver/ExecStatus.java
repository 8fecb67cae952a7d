// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * How a further process of a container ended.
 *
 * @param termination what became of it
 * @param startedAt when it was started
 * @param finishedAt when it ended
 * @param usage of it and the children it waited for
 */
public record ExecStatus(Termination termination, Instant startedAt, Instant finishedAt, Usage usage) {
    public ExecStatus {
        requireNonNull(termination, "termination is null");
        requireNonNull(startedAt, "startedAt is null");
        requireNonNull(finishedAt, "finishedAt is null");
        requireNonNull(usage, "usage is null");
    }

    /** Returns the exit code as shells give it, see {@link Termination#shellCode()}. */
    public int shellCode() {
        return termination.shellCode();
    }
}
