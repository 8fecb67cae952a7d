// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup;

import dev.caisson.nativedriver.kernel.DirectoryEntry;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.FileType;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.procfs.MalformedFileException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The processes in a cgroup and in those below it, which a container may have made itself. */
final class CgroupProcesses {
    private final FileCalls files;

    CgroupProcesses(FileCalls files) {
        this.files = files;
    }

    /** Their pids, ascending, without those that our pid namespace does not show. Empty when the cgroup is gone. */
    List<Integer> of(String directory) {
        Collection<Integer> pids = new TreeSet<>();
        collect(directory, pids);
        return new ArrayList<>(pids);
    }

    private void collect(String directory, Collection<Integer> pids) {
        try {
            files.read(directory + "/cgroup.procs")
                    .lines()
                    .map(CgroupProcesses::pid)
                    .filter(pid -> pid > 0)
                    .forEach(pids::add);
            for (DirectoryEntry entry : files.list(directory)) {
                if (entry.type() == FileType.DIRECTORY) {
                    collect(directory + "/" + entry.name(), pids);
                }
            }
        } catch (KernelException e) {
            // ENOENT, ENODEV: removed meanwhile. EOPNOTSUPP: a threaded cgroup (v2); the domain above it lists its
            // processes.
            if (!e.is(Errno.ENOENT, Errno.ENODEV, Errno.EOPNOTSUPP)) {
                throw e;
            }
        }
    }

    private static int pid(String line) {
        try {
            return Integer.parseInt(line);
        } catch (NumberFormatException e) {
            throw new MalformedFileException("cgroup.procs", line);
        }
    }
}
