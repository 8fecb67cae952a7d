// SPDX-License-Identifier: Apache-2.0
package dev.caisson.bench;

import dev.caisson.driver.Container;
import dev.caisson.driver.Driver;
import dev.caisson.driver.pipes.Pipes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Many containers that sleep: what they cost in memory, and what a further one takes beside them. */
final class Crowd implements AutoCloseable {
    private final Driver driver;
    private final int size;
    private final List<Container> sleepers = new ArrayList<>();
    private final long before;

    Crowd(Driver driver, Containers containers, int size) throws IOException, InterruptedException {
        this.driver = driver;
        this.size = size;
        this.before = kib();
        for (int i = 0; i < size; i++) {
            Container sleeper = driver.create(containers.of("sleep", "1000000"), Pipes.discard());
            sleepers.add(sleeper);
            sleeper.start();
        }
    }

    /** By how much what this JVM has in use, and what its shims have resident, has grown for each. */
    double kibEach() throws IOException {
        return (kib() - before) / (double) size;
    }

    /** A heap's own size says little: it grows and shrinks as the collector likes. */
    private static long kib() throws IOException {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        long sum = (memory.getHeapMemoryUsage().getUsed()
                        + memory.getNonHeapMemoryUsage().getUsed())
                / 1024;
        for (ProcessHandle child : ProcessHandle.current().children().toList()) {
            sum += resident(child.pid());
        }
        return sum;
    }

    private static long resident(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .sum();
    }

    @Override
    public void close() {
        for (Container sleeper : sleepers) {
            driver.terminate(sleeper.id());
            driver.clean(sleeper.id());
        }
    }
}
