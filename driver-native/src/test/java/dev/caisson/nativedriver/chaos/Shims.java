// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The helper processes of a state root. */
final class Shims {
    private Shims() {}

    /** Waits until none is left. One that goes on for half a minute is for the leak check to report. */
    static void awaitEnd(Path root) throws InterruptedException, ExecutionException {
        for (ProcessHandle shim : of(root)) {
            try {
                shim.onExit().get(30, TimeUnit.SECONDS);
            } catch (TimeoutException stillThere) {
                return;
            }
        }
    }

    /** Ends all that are left below a directory, with what they hold. */
    static void end(Path directory) throws InterruptedException, ExecutionException {
        of(directory).forEach(ProcessHandle::destroy);
        awaitEnd(directory);
    }

    private static List<ProcessHandle> of(Path root) {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> commandLine(process.pid()).contains(root.toString()))
                .toList();
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline"));
        } catch (IOException ended) {
            return "";
        }
    }
}
