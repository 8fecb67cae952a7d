// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.shim;

import java.util.Locale;

/** Where a launch failed: enum phase of {@code protocol.h}. */
public enum LaunchPhase {
    PLAN,
    CLONE,
    CGROUP,
    NAMESPACE,
    NETWORK,
    ROOTFS,
    MOUNT,
    DEVICE,
    PIVOT,
    MASK,
    SYSCTL,
    HOOK,
    TERMINAL,
    STDIO,
    LIMIT,
    USER,
    IDENTITY,
    SECURITY,
    CWD,
    EXEC,
    SHIM,
    RESTORE;

    private static final LaunchPhase[] ALL = values();

    /** Returns the number in the packet; the first is 1. */
    public int number() {
        return ordinal() + 1;
    }

    /** Returns the name that users are shown. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static LaunchPhase of(int number) {
        if (number < 1 || number > ALL.length) {
            throw new MalformedMessageException("there is no launch phase " + number);
        }
        return ALL[number - 1];
    }
}
