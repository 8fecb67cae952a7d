// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import dev.caisson.driver.DriverException;
import dev.caisson.driver.StandardErrorCode;
import dev.caisson.nativedriver.kernel.FileCalls;
import dev.caisson.nativedriver.kernel.KernelException;

/**
 * Lets the host pass on packets between its interfaces, as Docker does. It stays on: nobody can tell who else relies on it
 * meanwhile.
 */
final class Forwarding {
    private static final String FOUR = "/proc/sys/net/ipv4/ip_forward";
    private static final String SIX = "/proc/sys/net/ipv6/conf/all/forwarding";

    private Forwarding() {}

    static void switchOn(FileCalls files, boolean six) {
        String file = six ? SIX : FOUR;
        try {
            // Only when it is off: writing resets settings of all interfaces (ip-sysctl).
            if (!files.read(file).strip().equals("1")) {
                files.write(file, "1");
            }
        } catch (KernelException refused) {
            throw new DriverException(
                    StandardErrorCode.NOT_PERMITTED,
                    "switch the host's forwarding on",
                    refused.text(),
                    "write 1 to " + file + ", or leave masquerading and published ports out",
                    refused);
        }
    }
}
