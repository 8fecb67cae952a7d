// SPDX-License-Identifier: Apache-2.0
package dev.caisson.nativedriver.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.caisson.driver.command.NetworkInterface;
import org.junit.jupiter.api.Test;

class HostEndTest {
    private static HostEnd end(String... addresses) {
        NetworkInterface.VethBuilder veth = NetworkInterface.veth("eth0", "br0");
        for (String address : addresses) {
            veth.address(address);
        }
        return HostEnd.of(veth.build());
    }

    @Test
    void theNameIsTheAddress() {
        assertEquals("cs0a000002", end("10.0.0.2/24").name());
        assertEquals("cs0a000002", end("fd00::2/64", "10.0.0.2/16").name(), "that of IPv4, if there is one");
        assertEquals(end("fd00::2/64").name(), end("fd00::2/48").name());
        assertNotEquals(end("fd00::2/64").name(), end("fd00::3/64").name());
        assertNotEquals(end("fd00::2/64").name(), end("fd00:0:0:1::2/64").name());
    }

    @Test
    void withoutAnAddressItIsAnyName() {
        assertNotEquals(end().name(), end().name());
    }

    @Test
    void theKernelTakesNamesAndAddresses() {
        for (HostEnd end : new HostEnd[] {end(), end("255.255.255.255/32"), end("fd00::2/64")}) {
            assertTrue(end.name().length() <= 15, end.name());
            assertTrue(end.macText().matches("02(:[0-9a-f]{2}){5}"), end.macText());
        }
    }
}
