// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.failure;

import dev.caisson.driver.LaunchException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.driver.command.Command;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.shim.LaunchFailedException;
import dev.caisson.nativedriver.shim.LaunchPhase;
import dev.caisson.nativedriver.shim.Reply;
import java.util.List;
import java.util.Locale;

/** Turns what the shim says of a failed launch into the sentence for its caller. */
public final class LaunchFailure {
    private LaunchFailure() {}

    /**
     * Returns the exception for the caller.
     *
     * @param doing what was being done, such as {@code start container "a"}
     * @param program the first argument of what was to be executed
     */
    public static LaunchException of(String doing, String program, LaunchFailedException cause) {
        Reply.Failed failed = cause.failed();
        FailureRow row = FailureRow.of(failed.phase(), failed.errno());
        return new LaunchException(
                row.code(),
                doing,
                failed.phase().label(),
                failed.errno(),
                failed.execCode() == 0 ? row.exitCode() : failed.execCode(),
                why(failed, row, program),
                row.remedy(),
                cause);
    }

    /**
     * Returns the exception for whoever wanted a container.
     *
     * @param reportFiles of its cgroup, as its plan named them
     */
    public static LaunchException ofContainer(
            String doing, Command command, List<String> reportFiles, LaunchFailedException cause) {
        return MemoryShortage.explain(doing, command.resources().memory(), reportFiles, cause)
                .orElseGet(() -> of(doing, command.process().args().get(0), cause));
    }

    private static String why(Reply.Failed failed, FailureRow row, String program) {
        if (failed.phase() == LaunchPhase.EXEC) {
            // The words that people know, and that some callers of runtimes look for.
            boolean byName = program.indexOf('/') < 0;
            return "exec: \"" + program + "\": "
                    + (row.code() == StandardErrorCode.COMMAND_NOT_FOUND && byName
                            ? "executable file not found in $PATH"
                            : text(failed).toLowerCase(Locale.ROOT));
        }
        return failed.phase().label() + ": " + failed.text() + (failed.errno() == 0 ? "" : ": " + text(failed));
    }

    private static String text(Reply.Failed failed) {
        return failed.errno() == 0 ? failed.text() : Errno.of(failed.errno()).text();
    }
}
