// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.check;

import dev.caisson.driver.Feature;
import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.driver.command.Command;

/** Where a container's groups are made. */
final class PlacementChecks {
    private PlacementChecks() {}

    static void check(Findings findings, Command command, boolean cgroups, boolean systemd) {
        if (!cgroups && !command.cgroup().equals(CgroupPlacement.STANDARD)) {
            findings.at("cgroup")
                    .unsupported(
                            "is given, but no cgroup is delegated to this user",
                            "leave it out, have systemd delegate one (Delegate=), or run as root");
        }
        switch (command.cgroup()) {
            case CgroupPlacement.Systemd scope -> {
                if (!systemd) {
                    findings.at("cgroup")
                            .unsupported(
                                    "asks for a scope of systemd, which is not the init of this machine, or has no bus",
                                    "give the path of a parent, such as /" + scope.slice());
                }
            }
            case CgroupPlacement.Parent parent -> {}
            case CgroupPlacement.Exact exact -> {}
        }
        if (command.intelRdt().isPresent()) {
            findings.at("intelRdt").unsupported(Feature.LIMIT_RDT);
        }
    }
}
