// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v1;

import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.resources.MemoryLimits;
import dev.caisson.driver.stats.MemoryCounter;
import dev.caisson.driver.stats.MemoryStats;
import dev.caisson.nativedriver.cgroup.controller.CgroupFiles;
import dev.caisson.nativedriver.cgroup.controller.Controller;
import dev.caisson.nativedriver.cgroup.controller.LimitRequest;
import dev.caisson.nativedriver.cgroup.controller.MemoryInUse;
import dev.caisson.nativedriver.cgroup.controller.Setting;
import dev.caisson.nativedriver.cgroup.controller.StatsBuilder;
import dev.caisson.nativedriver.procfs.FlatKeyed;
import dev.caisson.nativedriver.procfs.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Memory, swap and kernel memory (Documentation/admin-guide/cgroup-v1/memory.rst). */
public final class MemoryController implements Controller {
    private static final String LIMIT = "memory.limit_in_bytes";
    private static final String SWAP = "memory.memsw.limit_in_bytes";
    private static final String OOM = "memory.oom_control";
    private static final String FIELD = "resources.memory.";

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Setting> settings(LimitRequest request) {
        MemoryLimits memory = request.resources().memory();
        MemoryInUse.check(request, "memory.usage_in_bytes");
        List<Setting> settings = new ArrayList<>(limitAndSwap(request, memory));
        memory.reservation()
                .ifPresent(size ->
                        settings.add(Setting.of(FIELD + "reservation", "memory.soft_limit_in_bytes", size.bytes())));
        memory.kernel()
                .ifPresent(size -> settings.add(Setting.of(
                        FIELD + "kernel",
                        request.need(
                                FIELD + "kernel",
                                "memory.kmem.limit_in_bytes",
                                "leave it out: kernel memory counts towards the memory limit"),
                        size.bytes())));
        memory.kernelTcp()
                .ifPresent(size -> settings.add(Setting.of(
                        FIELD + "kernelTcp",
                        request.need(
                                FIELD + "kernelTcp",
                                "memory.kmem.tcp.limit_in_bytes",
                                "leave it out: TCP buffers count towards the memory limit"),
                        size.bytes())));
        memory.swappiness()
                .ifPresent(value -> settings.add(Setting.of(FIELD + "swappiness", "memory.swappiness", value)));
        memory.disableOomKiller().ifPresent(disable -> settings.add(oomKiller(disable)));
        return settings;
    }

    private static Setting oomKiller(boolean disable) {
        return new Setting(
                FIELD + "disableOomKiller",
                new Setting.Write(OOM, disable ? "1" : "0"),
                files -> List.of(new Setting.Write(
                        OOM, oom(files).getOrDefault("oom_kill_disable", 0L).toString())));
    }

    /** The kernel keeps memory at most as large as memory and swap together at every moment, so the order matters. */
    private static List<Setting> limitAndSwap(LimitRequest request, MemoryLimits memory) {
        Optional<ByteSize> swap = memory.swap();
        if (swap.isEmpty()
                && memory.limit().filter(ByteSize::isUnlimited).isPresent()
                && request.files().has(SWAP)) {
            swap = memory.limit();
        }
        List<Setting> settings = new ArrayList<>();
        memory.limit().ifPresent(size -> settings.add(Setting.of(FIELD + "limit", LIMIT, size.bytes())));
        if (swap.isEmpty()) {
            checkAgainstCurrentSwap(request, memory);
            return settings;
        }
        long total = swap.get().bytes();
        String file = request.need(FIELD + "swap", SWAP, "boot with swapaccount=1, or leave the limit of swap out");
        long currentLimit = request.current(LIMIT).map(Numbers::limit).orElse(Numbers.UNLIMITED);
        boolean swapFirst = total == Numbers.UNLIMITED
                ? currentLimit != Numbers.UNLIMITED
                : currentLimit != Numbers.UNLIMITED && total >= currentLimit;
        settings.add(swapFirst ? 0 : settings.size(), Setting.of(FIELD + "swap", file, total));
        return settings;
    }

    private static void checkAgainstCurrentSwap(LimitRequest request, MemoryLimits memory) {
        long current = request.current(SWAP).map(Numbers::limit).orElse(Numbers.UNLIMITED);
        if (memory.limit().isPresent()
                && current != Numbers.UNLIMITED
                && memory.limit().get().bytes() > current) {
            throw request.refused(
                    FIELD + "limit",
                    memory.limit().get() + " bytes are more than the " + current
                            + " that are set for memory and swap together",
                    "give resources.memory.swap as well");
        }
    }

    @Override
    public void count(CgroupFiles files, StatsBuilder stats) {
        Optional<String> raw = files.read("memory.stat");
        if (raw.isEmpty()) {
            return;
        }
        Map<String, Long> counters = FlatKeyed.parse(raw.get());
        stats.memory(new MemoryStats(
                counter(files, "memory.").orElse(new MemoryCounter(0, 0, Numbers.UNLIMITED, 0)),
                counters.getOrDefault("total_cache", counters.getOrDefault("cache", 0L)),
                counter(files, "memory.memsw."),
                counter(files, "memory.kmem."),
                oom(files).getOrDefault("oom_kill", 0L),
                counters));
    }

    private static Map<String, Long> oom(CgroupFiles files) {
        return files.read(OOM).map(FlatKeyed::parse).orElse(Map.of());
    }

    private static Optional<MemoryCounter> counter(CgroupFiles files, String prefix) {
        return files.read(prefix + "usage_in_bytes")
                .map(usage -> new MemoryCounter(
                        Numbers.single(usage),
                        number(files, prefix + "max_usage_in_bytes"),
                        files.read(prefix + "limit_in_bytes")
                                .map(Numbers::limit)
                                .orElse(Numbers.UNLIMITED),
                        number(files, prefix + "failcnt")));
    }

    private static long number(CgroupFiles files, String file) {
        return files.read(file).map(Numbers::single).orElse(0L);
    }

    @Override
    public List<String> reportFiles() {
        return List.of(OOM, "memory.max_usage_in_bytes");
    }
}
