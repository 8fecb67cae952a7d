// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.registry;

import dev.caisson.cli.proc.KernelFile;
import dev.caisson.driver.ProcessIdentity;
import java.nio.file.Path;
import java.util.OptionalLong;

/** Whether a process still is the one that it was. */
final class ProcessLife {
    /** Of the fields behind the name of a /proc/pid/stat: field 22 of all, proc_pid_stat(5). */
    private static final int START_TIME = 19;

    private ProcessLife() {}

    static boolean isAlive(ProcessIdentity process) {
        OptionalLong now = startTime(process.pid());
        return now.isPresent() && now.getAsLong() == process.startTime();
    }

    static ProcessIdentity ours() {
        long pid = ProcessHandle.current().pid();
        return new ProcessIdentity(pid, startTime(pid).orElseThrow());
    }

    private static OptionalLong startTime(long pid) {
        return KernelFile.text(Path.of("/proc/" + pid + "/stat"))
                .map(ProcessLife::startTime)
                .orElse(OptionalLong.empty());
    }

    private static OptionalLong startTime(String stat) {
        // The name may hold spaces and parentheses; the last one closes it.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return OptionalLong.of(Long.parseLong(fields[START_TIME]));
    }
}
