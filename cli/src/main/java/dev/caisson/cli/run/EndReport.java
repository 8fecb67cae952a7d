// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.driver.ExitStatus;
import dev.caisson.driver.Termination;
import dev.caisson.driver.Usage;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.resources.ByteSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be said of a container that has ended.
 *
 * @param command what it was made from
 * @param status how it ended
 */
record EndReport(Command command, ExitStatus status) {
    private static final int KILLED = 137;

    /** Returns what the exit code alone doesn't say. */
    List<String> remarks() {
        List<String> remarks = new ArrayList<>();
        if (status.oomKilled()) {
            String who = status.shellCode() == KILLED ? "killed: " : "a process in the container was killed: ";
            remarks.add(who
                    + limit().map(size -> "the memory limit of " + size.inUnits())
                            .orElse("a memory limit") + " was reached");
        }
        if (status.termination() instanceof Termination.Lost lost) {
            remarks.add("the exit code is not known: " + lost.reason());
        }
        return remarks;
    }

    private Optional<ByteSize> limit() {
        return command.resources().memory().limit().filter(size -> !size.isUnlimited());
    }

    /** Returns what it has used, a line for each kind. */
    List<String> usage() {
        Usage usage = status.usage();
        return List.of(
                "ended       " + ending(),
                "wall time   " + TimeText.of(status.elapsed()),
                "cpu         " + TimeText.of(usage.userCpu()) + " user, " + TimeText.of(usage.systemCpu()) + " system",
                "memory peak " + counted(usage.memoryPeak())
                        + limit().map(size -> " of " + size.inUnits()).orElse("")
                        + ", largest process "
                        + ByteSize.of(usage.maxResident()).inUnits(),
                "io          " + counted(usage.readBytes()) + " read, " + counted(usage.writtenBytes()) + " written");
    }

    private String ending() {
        String how = switch (status.termination()) {
            case Termination.Exited exited -> "by itself with exit code " + exited.code();
            case Termination.Signalled signalled ->
                "by " + signalled.signal() + (signalled.coreDumped() ? ", core dumped" : "");
            case Termination.Lost lost -> "unseen";
        };
        return status.oomKilled() ? how + ", memory limit reached" : how;
    }

    private static String counted(OptionalLong bytes) {
        return bytes.isPresent() ? ByteSize.of(bytes.getAsLong()).inUnits() : "not counted here";
    }
}
