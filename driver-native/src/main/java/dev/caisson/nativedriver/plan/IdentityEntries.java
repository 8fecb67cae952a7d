// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.command.Capabilities;
import dev.caisson.driver.command.ProcessConfig;
import dev.caisson.driver.command.User;
import dev.caisson.nativedriver.machine.CapabilityMask;

/** Whom a process runs as, and with which capabilities. */
final class IdentityEntries {
    private IdentityEntries() {}

    /** @param available what the machine can give: more than that of every capability is not asked for */
    static void write(PlanWriter plan, ProcessConfig process, long available) {
        switch (process.user().orElse(User.ROOT)) {
            case User.Ids ids ->
                plan.begin(EntryType.IDENTITY)
                        .u32((int) ids.uid())
                        .u32((int) ids.gid())
                        .end();
            case User.Named named -> plan.put(EntryType.USER, named.toString());
        }
        if (!process.groups().isEmpty()) {
            plan.put(EntryType.GROUPS, process.groups());
        }
        writeCapabilities(plan, process, available);
    }

    private static void writeCapabilities(PlanWriter plan, ProcessConfig process, long available) {
        // What nobody chose is given as far as there is any; a choice is granted whole, or refused by the checks.
        boolean chosen = process.capabilities().isPresent();
        long most = chosen ? -1 : available;
        Capabilities sets = process.capabilities().orElse(Capabilities.standard());
        plan.begin(EntryType.CAPS)
                .u64(CapabilityMask.granted(sets.bounding(), available) & most)
                .u64(CapabilityMask.granted(sets.effective(), available) & most)
                .u64(CapabilityMask.granted(sets.permitted(), available) & most)
                .u64(CapabilityMask.granted(sets.inheritable(), available) & most)
                .u64(CapabilityMask.granted(sets.ambient(), available) & most)
                .end();
    }
}
