// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.controller;

import dev.caisson.driver.resources.ByteSize;
import dev.caisson.driver.stats.HugepageStats;
import dev.caisson.nativedriver.procfs.FlatKeyed;
import dev.caisson.nativedriver.procfs.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The hugetlb controller: files {@code hugetlb.<size>.<name>}, whose last parts differ between the versions. */
public abstract class HugepageFiles implements Controller {
    /** Every size that some architecture has; a machine has few of them. */
    private static final Set<String> SIZES = Set.of(
            "16KB", "32KB", "64KB", "128KB", "256KB", "512KB", "1MB", "2MB", "4MB", "8MB", "16MB", "32MB", "64MB",
            "128MB", "256MB", "512MB", "1GB", "2GB", "16GB");

    private final String limit;
    private final String usage;
    private final String failures;

    protected HugepageFiles(String limit, String usage, String failures) {
        this.limit = limit;
        this.usage = usage;
        this.failures = failures;
    }

    @Override
    public final String name() {
        return "hugetlb";
    }

    @Override
    public final List<Setting> settings(LimitRequest request) {
        List<Setting> settings = new ArrayList<>();
        request.resources().hugepages().forEach((size, most) -> {
            String field = "resources.hugepages[" + size + "]";
            String file = "hugetlb." + size + "." + limit;
            settings.add(Setting.of(field, request.need(field, file, remedy(request.files())), value(most)));
            // Reservations (mmap) are counted apart since Linux 5.7; limiting the use alone would kill with SIGBUS.
            String reserved = "hugetlb." + size + ".rsvd." + limit;
            if (request.files().has(reserved)) {
                settings.add(Setting.of(field, reserved, value(most)));
            }
        });
        return settings;
    }

    /** What a limit is written as. */
    private String value(ByteSize most) {
        return most.isUnlimited() && limit.equals("max") ? "max" : Long.toString(most.bytes());
    }

    private String remedy(CgroupFiles files) {
        List<String> sizes = SIZES.stream()
                .filter(size -> files.has("hugetlb." + size + "." + limit))
                .sorted()
                .toList();
        return sizes.isEmpty() ? "leave it out" : "choose from the page sizes " + String.join(", ", sizes);
    }

    @Override
    public final void count(CgroupFiles files, StatsBuilder stats) {
        for (String size : SIZES) {
            if (!files.has("hugetlb." + size + "." + usage)) {
                continue;
            }
            String prefix = "hugetlb." + size + ".";
            files.read(prefix + usage)
                    .map(Numbers::single)
                    .ifPresent(used -> stats.hugepages(
                            size,
                            new HugepageStats(
                                    used,
                                    files.read(prefix + "max_usage_in_bytes")
                                            .map(Numbers::single)
                                            .orElse(used),
                                    files.read(prefix + failures)
                                            .map(HugepageFiles::failures)
                                            .orElse(0L))));
        }
    }

    private static long failures(String content) {
        return content.contains(" ") ? FlatKeyed.parse(content).getOrDefault("max", 0L) : Numbers.single(content);
    }
}
