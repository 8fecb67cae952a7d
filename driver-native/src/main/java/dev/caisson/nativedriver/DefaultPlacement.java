// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver;

import dev.caisson.driver.command.CgroupPlacement;
import dev.caisson.driver.command.Command;

/** Puts the cgroups of containers that name no place below the parent of the driver's options. */
record DefaultPlacement(NativeOptions options) {
    Command apply(Command command) {
        CgroupPlacement wanted = options.placement(command.id());
        if (!command.cgroup().equals(CgroupPlacement.STANDARD) || wanted.equals(CgroupPlacement.STANDARD)) {
            return command;
        }
        return new Command(
                command.id(),
                command.process(),
                command.rootfs(),
                command.namespaces(),
                command.network(),
                command.hostname(),
                command.domainname(),
                command.mounts(),
                command.devices(),
                command.resources(),
                wanted,
                command.security(),
                command.sysctl(),
                command.hooks(),
                command.intelRdt(),
                command.annotations());
    }
}
