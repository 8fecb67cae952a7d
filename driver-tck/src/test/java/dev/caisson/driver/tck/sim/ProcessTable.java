// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.ProcessInfo;
import dev.caisson.driver.command.IdMapping;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The processes of a simulated container as a driver lists them. */
final class ProcessTable {
    private ProcessTable() {}

    static List<ProcessInfo> of(SimulatedContainer container) {
        Stream<SimulatedProcess> processes = container.processes().stream();
        if (container.fault().is(Wrong.LISTS_INIT_ALONE)) {
            processes = Stream.of(container.initProcess());
        }
        Comparator<ProcessInfo> order = Comparator.comparing(ProcessInfo::pid);
        return processes
                .map(process -> info(container, process))
                .sorted(container.fault().is(Wrong.LISTS_PROCESSES_BACKWARDS) ? order.reversed() : order)
                .toList();
    }

    private static ProcessInfo info(SimulatedContainer container, SimulatedProcess process) {
        return new ProcessInfo(
                process.identity().pid(),
                process.parent(),
                container.fault().is(Wrong.LISTS_EVERYBODY_AS_ROOT)
                        ? 0
                        : outside(container, Identity.of(process).uid()),
                'S',
                "probe",
                process.config().args(),
                process.identity().startTime(),
                1,
                1 << 20);
    }

    private static long outside(SimulatedContainer container, long uid) {
        for (IdMapping range : container.idMappings().uids()) {
            if (uid >= range.inside() && uid < range.inside() + range.count()) {
                return range.outside() + uid - range.inside();
            }
        }
        return uid;
    }
}
