// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/** The descriptors that a process starts with. */
final class StdioEntries {
    private static final int STDERR = 2;

    private StdioEntries() {}

    static void write(PlanWriter plan, List<Stdio> streams) {
        List<Stdio> ascending =
                streams.stream().sorted(Comparator.comparingInt(Stdio::stream)).toList();
        for (Stdio stdio : ascending) {
            int index = stdio.descriptor().map(plan::descriptor).orElse(0);
            if (stdio.stream() > STDERR) {
                plan.begin(EntryType.KEEP_FD).u32(index).u32(stdio.stream()).end();
            } else {
                plan.begin(EntryType.STDIO)
                        .u32(stdio.stream())
                        .u32(stdio.kind().value())
                        .u32(index)
                        .string(stdio.spool().map(Path::toString).orElse(""))
                        .end();
            }
        }
    }
}
