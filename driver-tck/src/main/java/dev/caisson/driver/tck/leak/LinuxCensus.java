// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.leak;

import java.util.List;

/** Everything that containers can leave behind on Linux. */
public final class LinuxCensus {
    private LinuxCensus() {}

    /** Returns a census of each kind. */
    public static List<Census> all() {
        Processes processes = new Processes();
        return List.of(
                processes, new Cgroups(), new Mounts(), new NetworkLinks(), new Descriptors(processes), new Files());
    }
}
