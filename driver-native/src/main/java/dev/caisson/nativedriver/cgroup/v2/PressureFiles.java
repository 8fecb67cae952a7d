// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.cgroup.v2;

import dev.caisson.nativedriver.cgroup.controller.CgroupFiles;
import dev.caisson.nativedriver.cgroup.controller.StatsBuilder;
import dev.caisson.nativedriver.procfs.PressureFile;
import java.util.List;

/** Pressure stall information, which every cgroup of version 2 has, whichever controllers are on. */
public final class PressureFiles {
    private static final List<String> RESOURCES = List.of("cpu", "memory", "io");

    private PressureFiles() {}

    /** Adds the pressure of every resource that this kernel measures. */
    public static void count(CgroupFiles files, StatsBuilder stats) {
        for (String resource : RESOURCES) {
            files.read(resource + ".pressure")
                    .map(PressureFile::parse)
                    .ifPresent(pressure -> stats.pressure(resource, pressure));
        }
    }
}
