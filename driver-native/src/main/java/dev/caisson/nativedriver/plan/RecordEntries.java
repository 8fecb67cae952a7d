// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import dev.caisson.driver.ContainerId;

/** What the shim keeps about a process, and what it removes at the end. */
final class RecordEntries {
    private RecordEntries() {}

    static void write(PlanWriter plan, ContainerId id, LaunchOptions options) {
        plan.put(EntryType.ID, id.value());
        plan.flag(PlanFlag.AWAIT_CONTINUE, options.awaitContinue());
        plan.flag(PlanFlag.HOLD, options.hold());
        plan.flag(PlanFlag.AUTO_CLEAN, options.autoClean());
        if (options.blob().length > 0) {
            plan.begin(EntryType.BLOB).bytes(options.blob()).end();
        }
        options.gate()
                .ifPresent(fifo -> plan.begin(EntryType.GATE_FIFO)
                        .u32(plan.descriptor(fifo))
                        .end());
        options.unmount().forEach(path -> plan.put(EntryType.UNMOUNT, path.toString()));
        options.remove().forEach(path -> plan.put(EntryType.REMOVE_TREE, path.toString()));
    }
}
