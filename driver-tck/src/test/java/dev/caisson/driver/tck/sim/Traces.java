// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.sim;

import dev.caisson.driver.ContainerId;
import dev.caisson.driver.tck.leak.Trace;

/** What a simulated container makes on its machine. */
final class Traces {
    private final SimulatedMachine machine;
    private final Fault fault;
    private final String name;

    Traces(SimulatedMachine machine, Fault fault, ContainerId id) {
        this.machine = machine;
        this.fault = fault;
        this.name = "of " + id;
    }

    void make() {
        for (Trace.Kind kind : Trace.Kind.values()) {
            if (kind != Trace.Kind.PROCESS) {
                machine.put(kind, name);
            }
        }
    }

    void remove() {
        for (Trace.Kind kind : Trace.Kind.values()) {
            if (!isLeft(kind)) {
                machine.remove(kind, name);
            }
        }
    }

    private boolean isLeft(Trace.Kind kind) {
        return switch (kind) {
            case CGROUP -> fault.is(Wrong.LEAVES_CGROUPS);
            case MOUNT -> fault.is(Wrong.LEAVES_MOUNTS);
            case DESCRIPTOR -> fault.is(Wrong.LEAVES_DESCRIPTORS);
            case FILE -> fault.is(Wrong.LEAVES_FILES);
            case NETWORK_LINK -> fault.is(Wrong.LEAVES_LINKS);
            case PROCESS -> false;
        };
    }
}
