// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.operation;

import dev.caisson.driver.ProcessInfo;
import dev.caisson.nativedriver.container.ActiveContainer;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.procfs.ProcessStat;
import dev.caisson.nativedriver.procfs.ProcessStatus;
import java.util.List;
import java.util.Optional;

/** Tells of the processes in a container. */
public final class ProcessesOf {
    private static final long KIB = 1024;

    private final CgroupOf cgroups;
    private final FileCalls files;

    public ProcessesOf(CgroupOf cgroups, FileCalls files) {
        this.cgroups = cgroups;
        this.files = files;
    }

    public List<ProcessInfo> processes(ActiveContainer container) {
        String doing = "list the processes of container \"" + container.id() + "\"";
        return cgroups.use(
                doing,
                container,
                cgroup -> cgroup.processes().stream()
                        .map(this::read)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** Empty for one that has ended meanwhile. */
    private Optional<ProcessInfo> read(int pid) {
        try {
            String directory = "/proc/" + pid;
            ProcessStat stat = ProcessStat.parse(files.read(directory + "/stat"));
            ProcessStatus status = ProcessStatus.parse(files.read(directory + "/status"));
            return Optional.of(new ProcessInfo(
                    pid,
                    stat.parent(),
                    status.realUid(),
                    stat.state(),
                    stat.name(),
                    arguments(files.read(directory + "/cmdline")),
                    stat.startTime(),
                    stat.userTicks() + stat.systemTicks(),
                    status.residentKib() * KIB));
        } catch (KernelException e) {
            if (!e.is(Errno.ENOENT, Errno.ESRCH)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** Each argument is followed by a NUL; a process may have written something else there. */
    private static List<String> arguments(String commandLine) {
        if (commandLine.isEmpty()) {
            return List.of();
        }
        String whole = commandLine.endsWith("\0") ? commandLine.substring(0, commandLine.length() - 1) : commandLine;
        return List.of(whole.split("\0", -1));
    }
}
