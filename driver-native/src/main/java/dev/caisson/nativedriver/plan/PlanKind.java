// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

/** What a plan is for: {@code enum plan_kind} of plan.h. */
public enum PlanKind {
    /** A container's first process. */
    INIT(1),
    /** A further process in a container. */
    EXEC(2),
    /** A process of the host, such as a hook. */
    HOST(3),
    /** No process: what a lost one left behind is removed. */
    CLEAN(4);

    private final int value;

    PlanKind(int value) {
        this.value = value;
    }

    /** The number of plan.h. */
    public int value() {
        return value;
    }
}
