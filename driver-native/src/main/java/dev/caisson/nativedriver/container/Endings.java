// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.container;

import dev.caisson.driver.ExecStatus;
import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Signal;
import dev.caisson.driver.Termination;
import dev.caisson.driver.Usage;
import dev.caisson.nativedriver.cgroup.ExitReport;
import dev.caisson.nativedriver.shim.Protocol;
import dev.caisson.nativedriver.shim.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;

/** Reads what the shim says of a process's end. */
public final class Endings {
    private static final int SIGNAL_MASK = 0x7f;
    private static final int CORE_DUMPED = 0x80;
    private static final int CODE_SHIFT = 8;
    private static final int CODE_MASK = 0xff;
    private static final long KIB = 1024;
    private static final long NANOS = 1_000_000_000;

    private Endings() {}

    /** Returns true if nobody saw how it ended. */
    public static boolean isLost(Reply.Exited exited) {
        return exited.waitStatus() == Protocol.WAIT_STATUS_LOST;
    }

    /** Returns what became of it, wait(2). */
    public static Termination termination(Reply.Exited exited) {
        int status = exited.waitStatus();
        if (isLost(exited)) {
            return new Termination.Lost("the helper process that would have seen its end was killed, and it with that");
        }
        int signal = status & SIGNAL_MASK;
        return signal == 0
                ? new Termination.Exited((status >> CODE_SHIFT) & CODE_MASK)
                : new Termination.Signalled(new Signal(signal), (status & CORE_DUMPED) != 0);
    }

    /** Returns a wall clock time of the shim. */
    public static Instant instant(long nanos) {
        return Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
    }

    /** Returns when the program was started; of one that never was, when it ended. */
    public static Instant startedAt(Reply.Exited exited) {
        return instant(exited.startedNanos() == 0 ? exited.finishedNanos() : exited.startedNanos());
    }

    /** Returns what the process and the children it waited for have used, getrusage(2). */
    public static Usage usage(Reply.Exited exited) {
        return new Usage(
                Duration.of(exited.userMicros(), ChronoUnit.MICROS),
                Duration.of(exited.systemMicros(), ChronoUnit.MICROS),
                OptionalLong.empty(),
                exited.maxRssKib() * KIB,
                OptionalLong.empty(),
                OptionalLong.empty());
    }

    /**
     * Returns what a container's cgroup said at its end.
     *
     * @param reportFiles of which the shim has read the contents, in this order
     */
    public static ExitReport report(Reply.Exited exited, List<String> reportFiles) {
        // A shim that took over after another's death has nothing to read: the cgroup went with the container.
        return ExitReport.parse(exited.reports().isEmpty() ? List.of() : reportFiles, exited.reports());
    }

    /** Returns how a container ended. */
    public static ExitStatus exitStatus(Reply.Exited exited, ExitReport report) {
        Usage own = usage(exited);
        Usage whole = new Usage(
                report.userCpu().orElse(own.userCpu()),
                report.systemCpu().orElse(own.systemCpu()),
                report.memoryPeak(),
                own.maxResident(),
                report.readBytes(),
                report.writtenBytes());
        return new ExitStatus(
                termination(exited), report.oomKilled(), startedAt(exited), instant(exited.finishedNanos()), whole);
    }

    /** Returns how a further process of a container ended. */
    public static ExecStatus execStatus(Reply.Exited exited) {
        return new ExecStatus(termination(exited), startedAt(exited), instant(exited.finishedNanos()), usage(exited));
    }
}
