// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.Rootfs;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.CpuLimits;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** The container that is timed: Docker's defaults, with limits on memory, processor time and processes. */
record Containers(Path rootfs, AtomicLong next) {
    Containers(Path rootfs) {
        this(rootfs, new AtomicLong());
    }

    Command of(String... program) {
        return Command.builder(ContainerId.of("bench-" + ProcessHandle.current().pid() + "-" + next.incrementAndGet()))
                .process(program)
                .rootfs(Rootfs.directory(rootfs))
                .resources(limits -> limits.memory(ByteSize.ofMib(64))
                        .cpu(CpuLimits.builder().processors(1).build())
                        .pids(512))
                .build();
    }
}
