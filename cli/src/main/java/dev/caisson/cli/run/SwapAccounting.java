// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.proc.KernelFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether the machine has swap, and whether its kernel counts it per container.
 *
 * @param root where / is, for tests
 */
record SwapAccounting(Path root) {
    private static final String V1 = "sys/fs/cgroup/memory/memory.memsw.limit_in_bytes";
    private static final String V2 = "sys/fs/cgroup/cgroup.controllers";

    static SwapAccounting ofMachine() {
        return new SwapAccounting(Path.of("/"));
    }

    /**
     * Returns true if a limit of swap says something here. Without swap there is nothing to limit; a kernel of cgroup v1 counts
     * it only where memory.memsw is, one of v2 always.
     */
    boolean limits() {
        return hasSwap() && (Files.exists(root.resolve(V1)) || hasMemoryV2());
    }

    /** Returns true if there is swap that the kernel can't limit, so that a memory limit alone does not stop a process. */
    boolean escapes() {
        return hasSwap() && !limits();
    }

    private boolean hasSwap() {
        return read("proc/swaps").lines().count() > 1;
    }

    private boolean hasMemoryV2() {
        return (" " + read(V2) + " ").contains(" memory ");
    }

    private String read(String file) {
        return KernelFile.text(root.resolve(file)).orElse("");
    }
}
