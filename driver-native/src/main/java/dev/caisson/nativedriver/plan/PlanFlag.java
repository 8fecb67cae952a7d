// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.plan;

/** The flags of a plan: {@code enum plan_flags} of plan.h, which says what each one does. */
public enum PlanFlag {
    AWAIT_CONTINUE(0),
    HOLD(1),
    AUTO_CLEAN(2),
    TTY(3),
    NO_PIVOT(4),
    ROOT_READONLY(5),
    NO_NEW_PRIVS(6),
    NEW_KEYRING(7),
    LOOPBACK(8),
    INIT_REAPER(9),
    CREATE_CWD(10),
    DEFAULT_HOME(11),
    CGROUP_IN_PARENT(12),
    KILL_CGROUP(13),
    NEW_ROOT(14),
    DEV_SETUP(15),
    ROOT_IDMAP(16),
    RESTORE(17);

    private final int value;

    PlanFlag(int bit) {
        this.value = 1 << bit;
    }

    /** The bit of plan.h. */
    public int value() {
        return value;
    }
}
