// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Signal;
import dev.caisson.driver.Termination;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalLong;

/** How the ends of a simulated container and of further processes in it are told. */
final class Statuses {
    private final Fault fault;
    private final Usage usage;
    private final boolean reaper;

    /** @param reaper whether the container has a small init */
    Statuses(Fault fault, Usage usage, boolean reaper) {
        this.fault = fault;
        this.usage = usage;
        this.reaper = reaper;
    }

    private Termination told(Termination termination) {
        return switch (termination) {
            case Termination.Exited exited
            when fault.is(Wrong.SMALL_INIT_ENDS_WITH_ZERO) && reaper -> new Termination.Exited(0);
            case Termination.Exited exited
            when fault.is(Wrong.CUTS_EXIT_CODES) -> new Termination.Exited(exited.code() % 128);
            case Termination.Exited exited
            when fault.is(Wrong.CALLS_137_A_SIGNAL) && exited.code() == 137 ->
                new Termination.Signalled(Signal.KILL, false);
            case Termination.Signalled signalled
            when fault.is(Wrong.CALLS_A_SIGNAL_AN_EXIT) -> new Termination.Exited(signalled.shellCode());
            default -> termination;
        };
    }

    ExitStatus ofContainer(Termination ended, Instant startedAt) {
        Termination termination = told(ended);
        Instant finishedAt = Instant.now();
        boolean oom = usage.oomKills() > 0 && !fault.is(Wrong.FORGETS_OOM_KILLS);
        oom |= fault.is(Wrong.TAKES_EVERY_KILL_FOR_OOM) && termination instanceof Termination.Signalled;
        oom |= fault.is(Wrong.TAKES_EVERYTHING_FOR_OOM);
        oom &= !(fault.is(Wrong.SEES_OOM_OF_INIT_ALONE) && termination instanceof Termination.Exited);
        boolean swapped = fault.is(Wrong.SWAPS_TIMES);
        return new ExitStatus(
                termination,
                oom,
                swapped ? finishedAt.plusSeconds(5) : startedAt,
                swapped ? startedAt : finishedAt,
                spent());
    }

    private dev.caisson.driver.Usage spent() {
        return fault.is(Wrong.MEASURES_NOTHING)
                ? dev.caisson.driver.Usage.unknown()
                : new dev.caisson.driver.Usage(
                        usage.cpu(),
                        Duration.ZERO,
                        fault.is(Wrong.FORGETS_THE_PEAK) ? OptionalLong.empty() : OptionalLong.of(usage.peak()),
                        1 << 20,
                        OptionalLong.of(0),
                        fault.is(Wrong.FORGETS_WHAT_WAS_WRITTEN)
                                ? OptionalLong.empty()
                                : OptionalLong.of(usage.written()));
    }

    ExecStatus ofExec(SimulatedProcess process, Termination termination) {
        boolean forgets = fault.is(Wrong.MEASURES_NO_EXEC);
        return new ExecStatus(
                fault.is(Wrong.EXEC_CODE_OFF_BY_ONE) && termination instanceof Termination.Exited exited
                        ? new Termination.Exited((exited.code() + 1) % 256)
                        : termination,
                process.startedAt(),
                Instant.now(),
                forgets ? dev.caisson.driver.Usage.unknown() : spent());
    }
}
