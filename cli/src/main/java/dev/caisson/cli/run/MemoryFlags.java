// SPDX-License-Identifier: Apache-2.0
package dev.caisson.cli.run;

import dev.caisson.cli.flags.Flag;
import dev.caisson.cli.flags.FlagSection;
import dev.caisson.cli.flags.FlagValues;
import dev.caisson.cli.syntax.Numbers;
import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.MemoryLimits;
import java.util.Optional;

/** Limits of memory. */
final class MemoryFlags implements FlagGroup {
    static final Flag MEMORY =
            Flag.value("--memory", "SIZE", "Most memory, such as 64m or 1.5g").letter('m');
    private static final Flag MEMORY_SWAP = Flag.value(
            "--memory-swap",
            "SIZE",
            "Most memory and swap together; -1 for any swap; default twice the memory on a machine with swap");
    private static final Flag MEMORY_RESERVATION =
            Flag.value("--memory-reservation", "SIZE", "Memory that the kernel tries to leave it when memory is short");
    private static final Flag MEMORY_SWAPPINESS = Flag.value(
            "--memory-swappiness", "NUMBER", "How gladly it is swapped, 0 to 100; -1 for the machine's default");
    private static final Flag KERNEL_MEMORY =
            Flag.value("--kernel-memory", "SIZE", "Most kernel memory (cgroup v1 of kernels that still have it)");
    private static final Flag OOM_KILL_DISABLE =
            Flag.toggle("--oom-kill-disable", "At the limit its processes wait instead of being killed (cgroup v1)");

    private final SwapAccounting swap;

    MemoryFlags(SwapAccounting swap) {
        this.swap = swap;
    }

    @Override
    public FlagSection section() {
        return FlagSection.of(
                "Limits of memory",
                MEMORY,
                MEMORY_SWAP,
                MEMORY_RESERVATION,
                MEMORY_SWAPPINESS,
                KERNEL_MEMORY,
                OOM_KILL_DISABLE);
    }

    @Override
    public void apply(FlagValues values, Draft draft) {
        MemoryLimits.Builder limits = MemoryLimits.builder();
        Optional<ByteSize> memory = limit(values, MEMORY);
        memory.ifPresent(limits::limit);
        Optional<ByteSize> total = limit(values, MEMORY_SWAP);
        if (total.isPresent() && memory.isEmpty() && !values.has(MEMORY)) {
            values.reject(MEMORY_SWAP, "is given without --memory", "give the memory limit too");
        }
        total.or(() -> memory.flatMap(this::standardSwap)).ifPresent(limits::swap);
        limit(values, MEMORY_RESERVATION).ifPresent(limits::reservation);
        limit(values, KERNEL_MEMORY).ifPresent(limits::kernel);
        values.read(MEMORY_SWAPPINESS, text -> (int) Numbers.whole(text, -1, 100))
                .filter(value -> value >= 0)
                .ifPresent(limits::swappiness);
        if (values.on(OOM_KILL_DISABLE)) {
            limits.disableOomKiller(true);
        }
        draft.resources.memory(limits.build());
    }

    /** 0 stands for "not given" in Docker's options. */
    private static Optional<ByteSize> limit(FlagValues values, Flag flag) {
        return values.read(flag, ByteSize::parse).filter(size -> size.bytes() != 0);
    }

    /** Docker's default, where there is any swap that could be used and counted. */
    private Optional<ByteSize> standardSwap(ByteSize memory) {
        boolean doubles = !memory.isUnlimited() && memory.bytes() <= Long.MAX_VALUE / 2 && swap.limits();
        return doubles ? Optional.of(ByteSize.of(memory.bytes() * 2)) : Optional.empty();
    }
}
