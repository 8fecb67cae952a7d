// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;
import dev.caisson.driver.command.DeviceNode;
import dev.caisson.driver.command.Mount;

/** The nodes of a container, and the links that every /dev has. */
final class DeviceEntries {
    private static final ContainerPath DEV = ContainerPath.of("/dev");

    private DeviceEntries() {}

    static void write(PlanWriter plan, Command command) {
        for (DeviceNode node : command.devices()) {
            plan.begin(EntryType.DEVICE)
                    .string(node.path().value())
                    .u32(node.type().letter())
                    .u32((int) node.major())
                    .u32((int) node.minor())
                    .u32(node.mode())
                    .u32((int) node.uid())
                    .u32((int) node.gid())
                    .end();
        }
        plan.flag(PlanFlag.DEV_SETUP, hasDevOfItsOwn(command));
    }

    /** Links are made in a /dev that was mounted for the container alone, never in a directory that somebody else has too. */
    private static boolean hasDevOfItsOwn(Command command) {
        for (Mount mount : command.mounts()) {
            if (mount.target().equals(DEV)) {
                return !(mount.kind() instanceof Mount.Bind);
            }
        }
        return false;
    }
}
