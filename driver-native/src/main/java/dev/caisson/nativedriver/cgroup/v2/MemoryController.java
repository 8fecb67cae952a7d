// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v2;

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

/** Memory and swap (Documentation/admin-guide/cgroup-v2.rst, "Memory"). Swap is counted apart from memory here. */
public final class MemoryController implements Controller {
    private static final String MAX = "memory.max";
    private static final String SWAP = "memory.swap.max";
    private static final String EVENTS = "memory.events";
    private static final String FIELD = "resources.memory.";
    private static final String V1_ONLY = "cgroup v2 has no such limit";

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public List<Setting> settings(LimitRequest request) {
        MemoryLimits memory = request.resources().memory();
        refuseWhatIsGone(request, memory);
        MemoryInUse.check(request, "memory.current");
        List<Setting> settings = new ArrayList<>();
        swap(request, memory).ifPresent(settings::add);
        memory.limit().ifPresent(size -> settings.add(Setting.of(FIELD + "limit", MAX, value(size))));
        memory.reservation()
                .ifPresent(size -> settings.add(Setting.of(FIELD + "reservation", "memory.low", value(size))));
        return settings;
    }

    private static void refuseWhatIsGone(LimitRequest request, MemoryLimits memory) {
        if (memory.kernel().isPresent()) {
            throw request.lacks(FIELD + "kernel", V1_ONLY, "leave it out: kernel memory counts towards the limit");
        }
        if (memory.kernelTcp().isPresent()) {
            throw request.lacks(FIELD + "kernelTcp", V1_ONLY, "leave it out: TCP buffers count towards the limit");
        }
        if (memory.swappiness().isPresent()) {
            throw request.lacks(FIELD + "swappiness", V1_ONLY, "leave it out");
        }
        if (memory.disableOomKiller().orElse(false)) {
            throw request.lacks(FIELD + "disableOomKiller", V1_ONLY, "set memory.high by resources.unified instead");
        }
    }

    /** Of a limit for memory and swap together, what is left for swap. */
    private static Optional<Setting> swap(LimitRequest request, MemoryLimits memory) {
        if (memory.swap().isEmpty()) {
            boolean nothingLimited =
                    memory.limit().filter(ByteSize::isUnlimited).isPresent();
            return nothingLimited && request.files().has(SWAP)
                    ? Optional.of(Setting.of(FIELD + "swap", SWAP, "max"))
                    : Optional.empty();
        }
        String file = request.need(FIELD + "swap", SWAP, "boot with swapaccount=1, or leave the limit of swap out");
        if (memory.swap().get().isUnlimited()) {
            return Optional.of(Setting.of(FIELD + "swap", file, "max"));
        }
        long limit = memory.limit()
                .map(ByteSize::bytes)
                .or(() -> request.current(MAX).map(Numbers::limit))
                .orElse(Numbers.UNLIMITED);
        if (limit == Numbers.UNLIMITED) {
            throw request.refused(
                    FIELD + "swap",
                    "memory and swap together cannot be limited without a limit of memory",
                    "give resources.memory.limit as well");
        }
        long swap = memory.swap().get().bytes() - limit;
        if (swap < 0) {
            throw request.refused(
                    FIELD + "swap",
                    memory.swap().get() + " bytes of memory and swap are less than the memory limit of " + limit,
                    "give at least the memory limit");
        }
        return Optional.of(Setting.of(FIELD + "swap", file, swap));
    }

    private static String value(ByteSize size) {
        return size.isUnlimited() ? "max" : Long.toString(size.bytes());
    }

    @Override
    public void count(CgroupFiles files, StatsBuilder stats) {
        Optional<String> raw = files.read("memory.stat");
        if (raw.isEmpty()) {
            return;
        }
        Map<String, Long> counters = FlatKeyed.parse(raw.get());
        Map<String, Long> events = files.read(EVENTS).map(FlatKeyed::parse).orElse(Map.of());
        long kernel = counters.getOrDefault("kernel", counters.getOrDefault("slab", 0L));
        stats.memory(new MemoryStats(
                counter(files, "memory.", MAX, events.getOrDefault("max", 0L))
                        .orElse(new MemoryCounter(0, 0, Numbers.UNLIMITED, 0)),
                counters.getOrDefault("file", 0L),
                counter(files, "memory.swap.", SWAP, swapFailures(files)),
                Optional.of(new MemoryCounter(kernel, kernel, Numbers.UNLIMITED, 0)),
                events.getOrDefault("oom_kill", 0L),
                counters));
    }

    private static long swapFailures(CgroupFiles files) {
        return files.read("memory.swap.events")
                .map(FlatKeyed::parse)
                .orElse(Map.of())
                .getOrDefault("fail", 0L);
    }

    private static Optional<MemoryCounter> counter(CgroupFiles files, String prefix, String limit, long failures) {
        return files.read(prefix + "current")
                .map(Numbers::single)
                .map(usage -> new MemoryCounter(
                        usage,
                        // The peak is counted since Linux 5.19.
                        files.read(prefix + "peak").map(Numbers::single).orElse(usage),
                        files.read(limit).map(Numbers::limit).orElse(Numbers.UNLIMITED),
                        failures));
    }

    @Override
    public List<String> reportFiles() {
        return List.of(EVENTS, "memory.peak");
    }
}
