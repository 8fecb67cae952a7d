// SPDX-License-Identifier: Apache-2.0
package dev.caisson.driver.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpPrefixTest {
    private static IpPrefix prefix(String text) {
        return IpPrefix.parse(text).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.2/24, 10.0.0.0/24",
        "10.1.2.3/0, 0.0.0.0/0",
        "fd00::2/64, fd00:0:0:0:0:0:0:0/64",
        "1.2.3.4/32, 1.2.3.4/32"
    })
    void networks(String text, String network) {
        assertEquals(network, prefix(text).network().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.2",
                "10.0.0/24",
                "10.0.0.2/33",
                "10.0.0.2/-1",
                "10.0.0.2/",
                "fd00::/129",
                "host/24",
                "01.2.3.4/8",
                "::ffff:10.0.0.1/96",
                "fe80::1%eth0/64",
                "1.2.3.4.5/8",
                ":/64",
                ""
            })
    void whatIsNone(String text) {
        assertEquals(Optional.empty(), IpPrefix.parse(text));
    }

    @Test
    void whatLiesInside() {
        IpPrefix network = prefix("10.1.16.0/20");
        assertTrue(network.contains(prefix("10.1.31.255/32").address()));
        assertFalse(network.contains(prefix("10.1.32.0/32").address()));
        assertFalse(network.contains(prefix("fd00::1/64").address()));
        assertTrue(
                network.overlaps(prefix("10.0.0.0/8")) && prefix("10.0.0.0/8").overlaps(network));
        assertFalse(network.overlaps(prefix("10.1.32.0/20")));
    }
}
