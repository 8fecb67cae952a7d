// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.Resources;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The limits of a simulated container, and what it has used of them. Thread-safe. */
final class Usage {
    private static final long NANOS_PER_TURN = 100;

    private final Runnable onOom;
    private Resources limits;
    private long cpu;
    private long memory;
    private long peak;
    private long oomKills;
    private long written;

    Usage(Resources limits, Runnable onOom) {
        this.limits = limits;
        this.onOom = onOom;
    }

    synchronized Resources limits() {
        return limits;
    }

    synchronized void limit(Resources value) {
        limits = value;
    }

    synchronized void burn(long turns) {
        cpu += turns * NANOS_PER_TURN;
    }

    synchronized Duration cpu() {
        return Duration.ofNanos(cpu + 1_000_000);
    }

    synchronized OptionalLong memoryLimit() {
        return limits.memory().limit().stream()
                .filter(size -> !size.isUnlimited())
                .mapToLong(ByteSize::bytes)
                .findFirst();
    }

    /** Returns false if the memory limit kills for it. */
    boolean allocate(long bytes) {
        synchronized (this) {
            OptionalLong limit = memoryLimit();
            if (limit.isEmpty() || memory + bytes <= limit.getAsLong()) {
                memory += bytes;
                peak = Math.max(peak, memory);
                return true;
            }
            oomKills++;
            peak = limit.getAsLong();
        }
        onOom.run();
        return false;
    }

    synchronized long memory() {
        return memory + 1_000_000;
    }

    synchronized long peak() {
        return peak + 1_000_000;
    }

    synchronized long oomKills() {
        return oomKills;
    }

    synchronized void writeDirectly(long bytes) {
        written += bytes;
    }

    synchronized long written() {
        return written;
    }

    synchronized long pidsLimit() {
        return limits.pids().stream().filter(most -> most > 0).findFirst().orElse(1000);
    }

    synchronized Optional<Long> quota() {
        return limits.cpu().quota().stream().boxed().findFirst();
    }
}
