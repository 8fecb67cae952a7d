// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.stats;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * Memory in bytes.
 *
 * @param usage memory
 * @param cache page cache that is part of the usage
 * @param swap memory and swap together (v1) or swap (v2), where it is counted
 * @param kernel kernel memory, where it is counted apart
 * @param oomKills processes that the kernel killed at the limit
 * @param raw every counter of memory.stat
 */
public record MemoryStats(
        MemoryCounter usage,
        long cache,
        Optional<MemoryCounter> swap,
        Optional<MemoryCounter> kernel,
        long oomKills,
        Map<String, Long> raw) {
    public MemoryStats {
        requireNonNull(usage, "usage is null");
        requireNonNull(swap, "swap is null");
        requireNonNull(kernel, "kernel is null");
        raw = Map.copyOf(raw);
    }
}
