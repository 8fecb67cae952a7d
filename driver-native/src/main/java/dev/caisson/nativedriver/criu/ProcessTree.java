// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.criu;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.Errno;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.KernelException;
import dev.caisson.nativedriver.procfs.ProcessStat;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether all processes of a container come from its init. CRIU writes those that do; of one that was started in the container
 * from outside, and would end with it, it says nothing.
 */
final class ProcessTree {
    private final FileCalls files;
    private final int init;

    ProcessTree(FileCalls files, int init) {
        this.files = files;
        this.init = init;
    }

    /** @throws DriverException EXEC_RUNNING */
    void check(String doing, List<Integer> processes) {
        Set<Integer> inside = new HashSet<>(processes);
        for (int pid : processes) {
            Optional<ProcessStat> stat = stat(pid);
            if (pid != init
                    && stat.filter(process -> !inside.contains(process.parent()))
                            .isPresent()) {
                throw new DriverException(
                        StandardErrorCode.EXEC_RUNNING,
                        doing,
                        "its process " + pid + " (" + stat.get().name() + ") was started in it from outside, and can't"
                                + " be brought back",
                        "wait for the end of that process, or kill it");
            }
        }
    }

    /** Empty if it has ended meanwhile. */
    private Optional<ProcessStat> stat(int pid) {
        try {
            return files.readIfPresent("/proc/" + pid + "/stat").map(ProcessStat::parse);
        } catch (KernelException e) {
            if (e.is(Errno.ESRCH)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
