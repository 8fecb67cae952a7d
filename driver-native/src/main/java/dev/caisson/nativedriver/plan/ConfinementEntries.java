// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Command;
import dev.caisson.driver.command.ContainerPath;

/** What is hidden or write-protected in a container, and the kernel settings of its namespaces. */
final class ConfinementEntries {
    private ConfinementEntries() {}

    static void write(PlanWriter plan, Command command) {
        for (ContainerPath path : command.security().maskedPaths()) {
            plan.put(EntryType.MASK, path.value());
        }
        for (ContainerPath path : command.security().readonlyPaths()) {
            plan.put(EntryType.READONLY, path.value());
        }
        command.sysctl().forEach((name, value) -> writeSetting(plan, name, value));
    }

    /** The settings of the network namespace alone. */
    static void writeNetworkSettings(PlanWriter plan, Command command) {
        command.sysctl().forEach((name, value) -> {
            if (name.startsWith("net.") || name.startsWith("net/")) {
                writeSetting(plan, name, value);
            }
        });
    }

    private static void writeSetting(PlanWriter plan, String name, String value) {
        plan.begin(EntryType.SYSCTL).string(name).string(value).end();
    }
}
