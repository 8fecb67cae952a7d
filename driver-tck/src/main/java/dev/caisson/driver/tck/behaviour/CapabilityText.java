// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.tck.behaviour;

import dev.caisson.driver.command.Capability;
import java.util.Collection;
import java.util.HexFormat;

/** Capability sets as {@code /proc/self/status} shows them. */
final class CapabilityText {
    private CapabilityText() {}

    static String mask(Collection<Capability> capabilities) {
        long bits = capabilities.stream().mapToLong(one -> 1L << one.number()).reduce(0, (a, b) -> a | b);
        return HexFormat.of().toHexDigits(bits);
    }
}
