// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.machine;

import dev.caisson.driver.command.Capability;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Capability sets as the kernel's bits. */
public final class CapabilityMask {
    private static final int KNOWN = Capability.values().length;

    private CapabilityMask() {}

    /** The bits of these capabilities. */
    public static long of(Set<Capability> capabilities) {
        long mask = 0;
        for (Capability capability : capabilities) {
            mask |= bit(capability);
        }
        return mask;
    }

    /** The bit of one capability. */
    public static long bit(Capability capability) {
        return 1L << capability.number();
    }

    /** Whether every capability there is was asked for, which means: all that the machine has. */
    public static boolean isEvery(Set<Capability> capabilities) {
        return capabilities.size() == KNOWN;
    }

    /** The bits of these capabilities; of every one, those that are available. */
    public static long granted(Set<Capability> capabilities, long available) {
        return isEvery(capabilities) ? available : of(capabilities);
    }

    /** Those of these capabilities that are not available, none if every one was asked for. */
    public static Set<Capability> lacking(Set<Capability> capabilities, long available) {
        EnumSet<Capability> lacking = EnumSet.noneOf(Capability.class);
        if (!isEvery(capabilities)) {
            for (Capability capability : capabilities) {
                if ((available & bit(capability)) == 0) {
                    lacking.add(capability);
                }
            }
        }
        return Collections.unmodifiableSet(lacking);
    }
}
